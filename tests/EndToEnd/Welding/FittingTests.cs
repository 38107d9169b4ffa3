using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Welding;

/// <summary>An installer's day on the phone, from the survey to the machine in use, with a chip that answers over the real broker; and what others see who scan the same code.</summary>
public sealed class FittingTests(Chromium chromium)
{
    private const string Password = "a long sentence that nobody guesses";

    [Fact]
    public async Task An_installer_surveys_fits_tests_and_puts_a_machine_to_use_and_everybody_scans_the_same_code()
    {
        await using var county = await DemoCounty.StartAsync(machines: 3);
        await using var desk = await chromium.VisitAsync(county.Server.Url, Device.Desk);
        await using var phone = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        await using var passer = await chromium.VisitAsync(county.Server.Url, Device.Phone);

        await phone.TravelAsync(nameof(An_installer_surveys_fits_tests_and_puts_a_machine_to_use_and_everybody_scans_the_same_code), county.Server, async () =>
        {
            await EnterAsync(desk, county.Desk("county-bureau"));
            var (secret, key) = await PrepareAsync(desk);
            await InviteInstallerAsync(county, desk, phone);
            await phone.SignInAsync("fitter", Password);

            // The machine beside it is scanned by mistake.
            await phone.GoAsync("/w/FIT-0002");
            await FitAsync(phone);
            await phone.GoAsync("/w/FIT-0001");
            await phone.PressAsync("记为已勘查");
            await phone.SeesAsync("已勘查");
            await phone.PressAsync("记下日期");
            await phone.SeesAsync("已排期");
            await FitAsync(phone);
            await phone.SeesAsync("改装到 FIT-0001");
            await phone.PressAsync("改装到这台焊机");
            await phone.SeesAsync("已安装，待自检");
            await phone.FindsNoSeriousBarrierAsync();

            await ScanAsStrangerAsync(passer, "这台焊机还不能使用");
            // Somebody writes while the machine wakes up: what is written stays, the page waits.
            await phone.Page.GetByText("报告故障").First.ClickAsync();
            await phone.Page.Locator("#fault-note").FillAsync("外壳有裂纹");
            await using var chip = RunningProgram.Start("Simulator", "chip", "--serial", "FIT-CHIP-1", "--secret", secret, "--key", key, "--mqtt", $"127.0.0.1:{county.Server.MqttPort}", "--lat", "30.5410", "--lon", "119.9770",
                "--flash", Path.Combine(county.Server.Data, "fit.flash"));
            await desk.GoAsync("/welding/machines/FIT-0001");
            await desk.Page.Locator(".ph").GetByText("待机").WaitForAsync();
            for (var look = 0; look < 2; look++) await phone.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/live", StringComparison.Ordinal));
            Assert.Equal("外壳有裂纹", await phone.Page.Locator("#fault-note").InputValueAsync());

            await phone.PressAsync("开始自检");
            await phone.SeesAsync("自检合格，待启用");
            foreach (var what in new[] { "继电器", "电流传感器", "位置（离登记地点）", "信号" }) await phone.Page.Locator("tr", new() { HasText = what }).GetByText("合格", new() { Exact = true }).WaitForAsync();
            await Photos.KeepAsync(phone);
            await phone.PressAsync("启用这台焊机");
            await phone.SeesAsync("已启用");
            await phone.FindsNoSeriousBarrierAsync();

            await ScanAsStrangerAsync(passer, "这台焊机已登记");
            // The bureau reads every step, the mistaken one with its end too.
            await desk.GoAsync("/welding/machines/FIT-0001");
            await desk.SeesAsync("最近一次自检");
            await desk.GoAsync("/welding/machines/FIT-0002");
            await desk.SeesAsync("撤销");
        });
    }

    private static async Task EnterAsync(Visitor visitor, (string UserName, string Password) who) => await visitor.EnterAsync(who.UserName, who.Password);

    private static async Task FitAsync(Visitor phone)
    {
        await phone.Page.Locator("#serial").FillAsync("FIT-CHIP-1");
        await phone.PressAsync("绑定芯片");
    }

    private static async Task ScanAsStrangerAsync(Visitor passer, string seen)
    {
        await passer.GoAsync("/w/FIT-0001");
        await passer.SeesAsync(seen);
        await passer.SeesAsync("拨打 12350");
        await passer.FindsNoSeriousBarrierAsync();
    }

    private static async Task<(string Secret, string Key)> PrepareAsync(Visitor desk)
    {
        var enterprise = (await (await desk.GetAsync("/api/v1/machines?size=1")).JsonAsync())!.Value.GetProperty("items")[0].GetProperty("userEnterprise").GetGuid();
        foreach (var code in new[] { "FIT-0001", "FIT-0002" })
        {
            var machine = new { code, kind = "electric", model = "ZX7-400", ratedCurrent = 400, userEnterprise = enterprise, division = "330521", site = "一号车间", latitude = 30.5410, longitude = 119.9770, datum = "wgs84" };
            var entered = await desk.AskAsync("/api/v1/machines", machine);
            Assert.True(entered.Ok, await entered.TextAsync());
        }

        var chip = (await (await desk.AskAsync("/api/v1/chips", new { serial = "FIT-CHIP-1" })).JsonAsync())!.Value;
        var key = chip.GetProperty("trustedKeys")[0];
        return (chip.GetProperty("secret").GetString()!, key.GetProperty("kid").GetString() + ":" + key.GetProperty("publicKey").GetString());
    }

    private static async Task InviteInstallerAsync(DemoCounty county, Visitor desk, Visitor phone)
    {
        var organ = (await (await desk.GetAsync("/api/v1/me")).JsonAsync())!.Value.GetProperty("organ").GetProperty("id").GetGuid();
        var (userName, password) = county.Desk("security-administrator");
        await phone.EnterAsync(userName, password);
        var invited = (await (await phone.AskAsync("/api/v1/invitations", new { role = "installer", organ, displayName = "安装员" })).JsonAsync())!.Value;
        await phone.AskAsync("/api/v1/sign-out", new { });
        var claimed = await phone.AskAsync("/api/v1/claims", new { invitation = invited.GetProperty("id").GetGuid(), code = invited.GetProperty("code").GetString(), userName = "fitter", password = Password });
        Assert.True(claimed.Ok, await claimed.TextAsync());
    }
}
