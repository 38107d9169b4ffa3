using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Accounts;

/// <summary>An administrator's door outside a demo: enrolment, passkey, code, a lost phone, another browser signed out.</summary>
public sealed class SecondFactorTests(Chromium chromium)
{
    private const string Password = "a long sentence that nobody guesses";

    [Fact]
    public async Task A_passkey_opens_the_desk_a_code_opens_another_browser_and_one_ends_the_other()
    {
        await using var server = await RunningServer.StartAsync(demo: false);
        var named = new UriBuilder(server.Url) { Host = "localhost" }.Uri;
        await using var desk = await chromium.VisitAsync(named, Device.Desk);
        await using var other = await chromium.VisitAsync(server.Url, Device.Phone);

        await desk.TravelAsync(nameof(A_passkey_opens_the_desk_a_code_opens_another_browser_and_one_ends_the_other), server, async () =>
        {
            await SetUpAsync(desk, server);
            await EnrolPasskeyAsync(desk);
            await SignInWithPasskeyAsync(desk);
            var app = await AddAppAsync(desk);
            await other.TravelAsync(nameof(SecondFactorTests) + ".other", server, () => SignInWithCodeAsync(other, app));
            await EndOthersAsync(desk, other);
        });
    }

    private static async Task SetUpAsync(Visitor desk, RunningServer server)
    {
        await desk.GoAsync(new Uri((await server.SetUpLinkAsync()).Trim()).PathAndQuery);
        await desk.FillAsync("用户名", "chief");
        await desk.FillAsync("姓名", "管理员");
        await desk.FillAsync("设定密码", Password);
        await desk.PressAsync("建立管理员");
        await desk.LeavesForAsync(address => address.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task EnrolPasskeyAsync(Visitor desk)
    {
        await desk.HoldPasskeyDeviceAsync();
        await desk.GivePasswordAsync("chief", Password);
        await desk.SeesAsync("设置第二步验证");
        await desk.FindsNoSeriousBarrierAsync();
        // Nothing else opens before.
        await desk.GoAsync("/accounts");
        await desk.LeavesForAsync(address => address.Contains("/sign-in?returnUrl", StringComparison.Ordinal));
        await desk.GoAsync("/sign-in/enrol");
        await desk.PressAsync("创建通行密钥并登录");
        await desk.SeesAsync("第二步验证已启用，你已登录。");
        await desk.FindsNoSeriousBarrierAsync();
        Assert.Equal(10, await desk.Page.Locator(".codes code").CountAsync());
        await desk.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "已保存好，继续" }).ClickAsync();
        await desk.UntilInteractiveAsync();
    }

    private static async Task SignInWithPasskeyAsync(Visitor desk)
    {
        await desk.GoAsync("/sign-out");
        await desk.PressAsync("退出 chief 的登录");
        await desk.LeavesForAsync(address => address.Contains("/sign-in", StringComparison.Ordinal));
        await desk.GivePasswordAsync("chief", Password);
        await desk.SeesAsync("第二步验证");
        await desk.FindsNoSeriousBarrierAsync();
        await desk.PressAsync("用通行密钥");
        await desk.UntilInteractiveAsync();
    }

    private static async Task<AuthenticatorApp> AddAppAsync(Visitor desk)
    {
        await desk.GoAsync("/account/authenticator");
        var app = new AuthenticatorApp(await desk.Page.Locator(".secret code").InnerTextAsync());
        await desk.FillAsync("应用显示的 6 位验证码", app.Code());
        await desk.FillAsync("当前密码", Password);
        await desk.PressAsync("启用");
        await desk.SeesAsync("验证器应用已启用");
        return app;
    }

    private static async Task SignInWithCodeAsync(Visitor other, AuthenticatorApp app)
    {
        await other.GivePasswordAsync("chief", Password);
        // The code of enrolment is used up; the next one is accepted half a minute early.
        await other.FillAsync("验证码或恢复码", app.Code(steps: 1));
        await other.PressAsync("登录");
        await other.LeavesForAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task EndOthersAsync(Visitor desk, Visitor other)
    {
        await other.GoAsync("/accounts");
        await other.UntilInteractiveAsync();
        await desk.GoAsync("/account");
        await desk.FindsNoSeriousBarrierAsync();
        await desk.PressAsync("退出其他所有设备");
        await desk.SeesAsync("其他设备上的登录都已退出。");
        // The other's page stands open and asks nothing: it leaves all the same.
        await other.LeavesForAsync(address => address.Contains("/sign-in", StringComparison.Ordinal));
        await desk.GoAsync("/accounts");
        await desk.UntilInteractiveAsync();
    }
}
