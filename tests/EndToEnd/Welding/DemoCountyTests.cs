using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Welding;

/// <summary>What the first evening with Anlan shows: a welder starts a machine on the phone, the bureau sees it and cuts it.</summary>
public sealed class DemoCountyTests(Chromium chromium)
{
    [Fact]
    public async Task A_welder_starts_a_machine_on_the_phone_and_the_bureau_sees_it_live_and_cuts_it()
    {
        await using var county = await DemoCounty.StartAsync(machines: 30);
        var (userName, password, pin, machine) = county.Welder("licensed");
        var (bureau, bureauPassword) = county.Desk("city-bureau");
        await using var phone = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        await using var desk = await chromium.VisitAsync(county.Server.Url, Device.Desk);

        await phone.TravelAsync(nameof(A_welder_starts_a_machine_on_the_phone_and_the_bureau_sees_it_live_and_cuts_it) + ".phone", county.Server, () => desk.TravelAsync(
            nameof(A_welder_starts_a_machine_on_the_phone_and_the_bureau_sees_it_live_and_cuts_it), county.Server, async () =>
            {
                await desk.SignInAsync(bureau, bureauPassword);
                await desk.GoAsync($"/welding?search={machine}");
                await desk.Page.Locator("tbody tr", new() { HasText = machine }).GetByText("待机").WaitForAsync();

                await phone.GoAsync("/w/" + machine);
                await phone.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "登录", Exact = true }).ClickAsync();
                await phone.FillAsync("用户名", userName);
                await phone.FillAsync("密码", password);
                await phone.PressAsync("登录");
                await phone.FillAsync("开机 PIN（6 位数字）", pin);
                await phone.FindsNoSeriousBarrierAsync();
                await phone.PressAsync("核验并开机");
                await phone.SeesAsync("已通电，可以作业");
                await phone.FindsNoSeriousBarrierAsync();

                await desk.Page.Locator("tbody").GetByText("已通电").WaitForAsync();
                await desk.FindsNoSeriousBarrierAsync();
                await desk.GoAsync("/welding/machines/" + machine);
                await desk.UntilInteractiveAsync();
                await desk.PressAsync("断电并收回授权");
                await desk.FillAsync("原因（会留存，不要写姓名）", "现场有烟");
                await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog).GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "断电并收回授权" }).ClickAsync();
                await desk.SeesAsync("已收回授权");
                await desk.Page.Locator(".tl").GetByText("断电", new() { Exact = true }).First.WaitForAsync();
                await desk.FindsNoSeriousBarrierAsync();

                // The phone follows by itself.
                await phone.SeesAsync("待机");
            }));
    }

    [Fact]
    public async Task A_welder_whose_certificate_expired_reads_why_the_machine_stays_off_and_what_to_do()
    {
        await using var county = await DemoCounty.StartAsync(machines: 30);
        var (userName, password, pin, machine) = county.Welder("expired");
        await using var phone = await chromium.VisitAsync(county.Server.Url, Device.Phone);

        await phone.TravelAsync(nameof(A_welder_whose_certificate_expired_reads_why_the_machine_stays_off_and_what_to_do), county.Server, async () =>
        {
            await phone.SignInAsync(userName, password);
            await phone.GoAsync("/w/" + machine);
            await phone.FillAsync("开机 PIN（6 位数字）", pin);
            await phone.PressAsync("核验并开机");

            await phone.SeesAsync("不能开机");
            await phone.SeesAsync("操作证已于");
            await phone.SeesAsync("第十九条");
            await phone.SeesAsync("换证后请安全员更新证书");
            await phone.FindsNoSeriousBarrierAsync();

            // The clause leads to the rule as it was in force that day; in a tab of its own, so that the answer stays.
            await phone.GoAsync((await phone.Page.Locator("a[href^='/phone/rules/']").First.GetAttributeAsync("href"))!);
            await phone.SeesAsync("第十九条");
            await phone.FindsNoSeriousBarrierAsync();
        });
    }

    [Fact]
    public async Task A_desk_is_worked_without_a_mouse_from_the_door_to_a_saved_view()
    {
        await using var county = await DemoCounty.StartAsync(machines: 3);
        var (bureau, password) = county.Desk("city-bureau");
        await using var desk = await chromium.VisitAsync(county.Server.Url, Device.Desk);

        await desk.TravelAsync(nameof(A_desk_is_worked_without_a_mouse_from_the_door_to_a_saved_view), county.Server, async () =>
        {
            var keys = desk.Page.Keyboard;
            await desk.GoAsync("/sign-in");
            await desk.TabToAsync("用户名");
            await keys.TypeAsync(bureau);
            await desk.TabToAsync("密码");
            await keys.TypeAsync(password);
            await keys.PressAsync("Enter");
            await desk.LeavesForAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
            await desk.UntilInteractiveAsync();

            await desk.TabToAsync("跳到正文");
            await desk.TabToAsync("人员");
            await keys.PressAsync("Enter");
            await desk.LeavesForAsync(address => address.EndsWith("/people", StringComparison.Ordinal));
            await desk.UntilInteractiveAsync();
            await desk.TabToAsync("未绑定企业");
            await keys.PressAsync("Enter");
            await desk.LeavesForAsync(address => address.Contains('?', StringComparison.Ordinal));
            await desk.TabToAsync("存为视图");
            await keys.PressAsync("Enter");
            await desk.Page.WaitForFunctionAsync("() => document.activeElement?.closest('[role=dialog]')");
            await keys.PressAsync("Escape");
            await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog).WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
            Assert.Equal("存为视图", await desk.FocusAsync());

            await keys.PressAsync("Enter");
            await desk.TabToAsync("视图名称");
            await keys.TypeAsync("无单位");
            await keys.PressAsync("Enter");
            await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "无单位" }).WaitForAsync();
        });
    }
}
