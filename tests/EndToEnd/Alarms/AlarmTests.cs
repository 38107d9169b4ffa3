using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Anlan.Benchmarks;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Alarms;

/// <summary>Gas at a machine: both sides see it at once in front of whatever they look at, one takes it over, and it is brought to an end; every step stands there with its entry in the log.</summary>
public sealed class AlarmTests(Chromium chromium)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Gas_is_in_front_of_both_sides_at_once_and_goes_when_somebody_has_brought_it_to_an_end()
    {
        await using var county = await DemoCounty.StartAsync(machines: 3);
        await using var manager = await chromium.VisitAsync(county.Server.Url, Device.Phone, answersAlarms: false);
        await using var officer = await chromium.VisitAsync(county.Server.Url, Device.Desk, answersAlarms: false);

        await officer.TravelAsync(nameof(Gas_is_in_front_of_both_sides_at_once_and_goes_when_somebody_has_brought_it_to_an_end), county.Server, async () =>
        {
            await EnterAsync(manager, county.Desk("safety-manager"));
            await EnterAsync(officer, county.Desk("county-bureau"));
            await officer.GoAsync("/enterprises");
            await officer.UntilInteractiveAsync();
            await manager.GoAsync("/");
            await manager.UntilInteractiveAsync();
            await TellOfGasAsync(county, officer);

            var (there, here) = (manager.Page.Locator(".alarm-pop"), officer.Page.Locator(".alarm-pop"));
            await there.GetByText("检测到可燃气体，已断电").WaitForAsync();
            await here.GetByText("检测到可燃气体，已断电").WaitForAsync();
            Assert.Equal("alertdialog", await here.GetAttributeAsync("role"));
            await officer.FindsNoSeriousBarrierAsync();
            await manager.FindsNoSeriousBarrierAsync();
            // Out of the way for a moment; it comes back with the next ring.
            await officer.Page.Keyboard.PressAsync("Escape");
            await here.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
            await here.WaitForAsync();
            // Or at once; and whoever writes is not disturbed before he is done.
            await officer.Page.Keyboard.PressAsync("Escape");
            await officer.Page.Locator(".alarm-bar").ClickAsync();
            await here.GetByText("市局").WaitForAsync();
            await officer.Page.Keyboard.PressAsync("Escape");
            await officer.Page.GetByRole(AriaRole.Searchbox).First.FillAsync("x");
            await Task.Delay(TimeSpan.FromSeconds(21), TestContext.Current.CancellationToken);
            await here.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
            await officer.Page.GetByRole(AriaRole.Searchbox).First.BlurAsync();
            await here.WaitForAsync();

            await there.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "我来处置" }).ClickAsync();
            await here.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
            await officer.GoAsync("/alarms");
            await officer.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "检测到可燃气体，已断电" }).ClickAsync();
            await officer.SeesAsync("已接手");
            var alarm = new Uri(officer.Page.Url).AbsolutePath;

            await manager.GoAsync(alarm);
            await manager.UntilInteractiveAsync();
            await manager.Page.Context.GrantPermissionsAsync(["geolocation"]);
            await manager.Page.Context.SetGeolocationAsync(new Geolocation { Latitude = 30.54321f, Longitude = 119.98765f });
            await manager.PressAsync("我已到场");
            await manager.Page.Locator(".tl").GetByText("到场", new() { Exact = true }).WaitForAsync();
            await manager.Page.Locator(".tl").GetByText("30.54321, 119.98765").WaitForAsync();
            await manager.PressAsync("情况属实");
            await manager.PressAsync("已处置");
            await manager.Page.Locator("#reason").FillAsync("已通风，复测合格");
            await manager.Page.Locator(".dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "已处置" }).ClickAsync();
            await manager.PressAsync("结束告警");

            foreach (var step in new[] { "发出告警", "已通知", "接手", "到场", "核实为真", "处置完成", "已通风，复测合格", "结束" }) await officer.Page.Locator(".tl").GetByText(step, new() { Exact = true }).WaitForAsync();
            await officer.GoAsync("/alarms/preferences");
            await officer.UntilInteractiveAsync();
            await officer.PressAsync("试听");
            await officer.SeesAsync("浏览器已放出声音");
            await officer.GoAsync("/alarms?part=all");
            await officer.Page.Locator("tr", new() { HasText = "检测到可燃气体" }).GetByText("已结束").WaitForAsync();
        });
    }

    private static async Task EnterAsync(Visitor visitor, (string UserName, string Password) who) => await visitor.EnterAsync(who.UserName, who.Password);

    // As the chip of the manager's machine, over the real broker; its own connection stays.
    private static async Task TellOfGasAsync(DemoCounty county, Visitor officer)
    {
        var machine = county.Welder("licensed").Machine;
        var serial = "";
        await Waiting.UntilAsync(async () =>
        {
            var shown = (await (await officer.GetAsync($"/api/v1/machines/{machine}")).JsonAsync())!.Value;
            serial = shown.GetProperty("machine").GetProperty("chip").GetString() ?? "";
            return serial.Length > 0 && (await (await officer.GetAsync($"/api/v1/machines/{machine}/live")).JsonAsync())!.Value.GetProperty("state").GetString() == "idle";
        }, Longest, $"{machine} is on-line");
        var secret = (await (await officer.AskAsync($"/api/v1/chips/{serial}/secret", new { })).JsonAsync())!.Value.GetProperty("secret").GetString();
        var told = JsonSerializer.Serialize(new { boot = 1_000_000, seq = 1, up = 1_000, at = (long?)null, kind = "gas", value = (double?)null });
        using var mouth = Process.Start(new ProcessStartInfo("mosquitto_pub", ["-h", "127.0.0.1", "-p", county.Server.MqttPort.ToString(CultureInfo.InvariantCulture), "-u", serial, "-P", secret!, "-q", "1", "-i", serial + "~pub", "-t", $"anlan/v1/chip/{serial}/up/event", "-m", told]))!;
        await mouth.WaitForExitAsync();
        Assert.Equal(0, mouth.ExitCode);
    }
}
