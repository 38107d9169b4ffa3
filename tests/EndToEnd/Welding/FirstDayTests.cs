using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Welding;

/// <summary>An empty installation, everything entered by hand in the browser, until the first machine is powered.</summary>
public sealed class FirstDayTests(Chromium chromium)
{
    private const string Password = "a long sentence that nobody guesses";
    private const string Pin = "271828";
    private const string CreditCode = "91330521MA2D000000";

    // Invented: sequence 000 is given to nobody.
    private const string Identity = "33052119900101000";

    [Fact]
    public async Task From_nothing_to_a_powered_machine_by_hand()
    {
        await using var server = await RunningServer.StartAsync(demo: false);
        await using var chief = await chromium.VisitAsync(server.Url, Device.Desk);
        await using var system = await chromium.VisitAsync(server.Url, Device.Desk);
        await using var desk = await chromium.VisitAsync(server.Url, Device.Desk);
        // By a name, because passkeys hang on one.
        await using var phone = await chromium.VisitAsync(new UriBuilder(server.Url) { Host = "localhost" }.Uri, Device.Phone);

        await desk.TravelAsync(nameof(From_nothing_to_a_powered_machine_by_hand), server, async () =>
        {
            await chief.TravelAsync(nameof(From_nothing_to_a_powered_machine_by_hand) + ".chief", server, async () =>
            {
                await SetUpAsync(chief, server);
                await chief.GoAsync("/accounts");
                await chief.SeesAsync("邀请系统管理员");
                await ClaimAsync(system, await InviteStaffAsync(chief, "system-administrator", "系统管理员"), "runs-it");
            });
            await system.TravelAsync(nameof(From_nothing_to_a_powered_machine_by_hand) + ".system", server, () => EnterOrganAsync(system));
            await chief.TravelAsync(nameof(From_nothing_to_a_powered_machine_by_hand) + ".chief", server, async () => await ClaimAsync(desk, await InviteStaffAsync(chief, "county-bureau", "监管员", "清溪县应急管理局"), "officer"));
            await EnterEnterpriseAsync(desk);
            await EnterWelderAsync(desk);
            var code = await InviteAsync(desk);
            var (secret, key) = await RegisterChipAsync(desk);
            await RegisterMachineAsync(desk);
            await FitChipAsync(desk);
            await using var chip = RunningProgram.Start("Simulator", "chip", "--serial", "CHIP-0001", "--secret", secret, "--key", key, "--mqtt", $"127.0.0.1:{server.MqttPort}", "--lat", "30.5410", "--lon", "119.9770",
                "--flash", Path.Combine(server.Data, "chip.flash"));
            await desk.GoAsync("/welding/machines/WJ-0001");
            await desk.Page.Locator(".ph").GetByText("待机").WaitForAsync();

            await TestAndActivateAsync(desk);
            await phone.TravelAsync(nameof(From_nothing_to_a_powered_machine_by_hand) + ".phone", server, () => ClaimAndStartAsync(phone, code));
            await desk.Page.Locator(".ph").GetByText("已通电").WaitForAsync();
        });
    }

    // The address and the code that are printed on the slip.
    private static async Task<(string Address, string Code)> InviteStaffAsync(Visitor chief, string role, string name, string? organ = null)
    {
        await chief.GoAsync("/accounts/invite?role=" + role);
        await chief.UntilInteractiveAsync();
        await chief.FillAsync("姓名", name);
        if (organ is not null)
        {
            await chief.ChooseAsync("#organ", organ, organ);
        }

        await chief.PressAsync("生成邀请码并打印");
        var code = await chief.Page.Locator(".code b").InnerTextAsync();
        var step = await chief.Page.Locator("article li").First.InnerTextAsync();
        return (step[step.IndexOf("http", StringComparison.Ordinal)..].Trim(), code);
    }

    private static async Task ClaimAsync(Visitor visitor, (string Address, string Code) slip, string userName)
    {
        await visitor.GoAsync(slip.Address);
        await visitor.FillAsync("邀请码", slip.Code);
        await visitor.FillAsync("用户名", userName);
        await visitor.FillAsync("设定密码", Password);
        await visitor.PressAsync("领取账号");
        await visitor.SignInAndEnrolAsync(userName, Password);
    }

    private static async Task EnterOrganAsync(Visitor system)
    {
        await system.GoAsync("/organs/new");
        await system.UntilInteractiveAsync();
        await system.Page.Locator("#kind").SelectOptionAsync("CountyBureau");
        await system.FillAsync("中文名称", "清溪县应急管理局");
        await system.FillAsync("英文名称", "Qingxi Bureau");
        await system.PressAsync("录入机构");
        await system.LeavesForAsync(address => !address.EndsWith("/new", StringComparison.Ordinal));
        await system.GoAsync(system.Page.Url + "/assign");
        await system.UntilInteractiveAsync();
        // What is chosen draws the form anew: it comes last.
        await system.FillAsync("依据文件", "三定方案");
        await system.ChooseAsync("#division", "330521", "330521$");
        await system.PressAsync("指派");
        await system.LeavesForAsync(address => !address.EndsWith("/assign", StringComparison.Ordinal));
    }

    private static async Task SetUpAsync(Visitor desk, RunningServer server)
    {
        await desk.GoAsync((await server.SetUpLinkAsync()).Trim());
        await desk.FillAsync("用户名", "chief");
        await desk.FillAsync("姓名", "管理员");
        await desk.FillAsync("设定密码", Password);
        await desk.PressAsync("建立管理员");
        await desk.SignInAndEnrolAsync("chief", Password);
    }

    private static async Task EnterEnterpriseAsync(Visitor desk)
    {
        await desk.GoAsync("/enterprises/new");
        await desk.UntilInteractiveAsync();
        await desk.FillAsync("企业名称", "清溪机械厂");
        await desk.FillAsync("统一社会信用代码", CreditCodes.Complete(CreditCode));
        await desk.Page.GetByLabel("行政区划").SelectOptionAsync("330521");
        await desk.PressAsync("登记企业");
        await desk.LeavesForAsync(address => !address.EndsWith("/new", StringComparison.Ordinal));
    }

    private static async Task EnterWelderAsync(Visitor desk)
    {
        await desk.GoAsync("/people/new");
        await desk.UntilInteractiveAsync();
        await desk.FillAsync("姓名", "沈小明");
        await desk.FillAsync("身份证号", IdentityNumbers.Complete(Identity));
        await desk.Page.Locator("#enterprise").FillAsync("清溪");
        await desk.Page.GetByText("清溪机械厂").First.ClickAsync();
        await desk.Page.GetByText("正式用工").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await desk.PressAsync("保存并录入操作证");
        await desk.FillAsync("证号", "T" + IdentityNumbers.Complete(Identity));
        await desk.Page.Locator("#issuedOn").FillAsync(DayAt(-90));
        await desk.Page.Locator("#expiresOn").FillAsync(DayAt(1_800));
        await desk.PressAsync("录入操作证");
        await desk.LeavesForAsync(address => !address.Contains("/new", StringComparison.Ordinal));
    }

    private static async Task<string> InviteAsync(Visitor desk)
    {
        await desk.GoAsync("/accounts/invite");
        await desk.UntilInteractiveAsync();
        await desk.Page.GetByLabel("角色").SelectOptionAsync("welder");
        await desk.FillAsync("操作证编号", "T" + IdentityNumbers.Complete(Identity));
        await desk.Page.GetByText("持证人：").WaitForAsync();
        await desk.PressAsync("生成邀请码并打印");
        return await desk.Page.Locator(".code b").InnerTextAsync();
    }

    private static async Task<(string Secret, string Key)> RegisterChipAsync(Visitor desk)
    {
        await desk.GoAsync("/chips");
        await desk.UntilInteractiveAsync();
        await desk.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "登记芯片" }).First.ClickAsync();
        await desk.Page.Locator("#serial").FillAsync("CHIP-0001");
        await desk.Page.Locator("form button[type=submit]").ClickAsync();
        var secret = await desk.Page.Locator("#secret").InputValueAsync();
        var key = await desk.Page.Locator("#key-0").InputValueAsync();
        return (secret, Base64Url.EncodeToString(SHA256.HashData(Base64Url.DecodeFromChars(key)).AsSpan(0, 8)) + ":" + key);
    }

    private static string DayAt(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task RegisterMachineAsync(Visitor desk)
    {
        await desk.GoAsync("/welding/machines/new");
        await desk.UntilInteractiveAsync();
        await desk.Page.Locator("#code").FillAsync("WJ-0001");
        await desk.Page.Locator("#model").FillAsync("ZX7-400");
        await desk.Page.Locator("#ratedCurrent").FillAsync("400");
        await desk.ChooseAsync("#userEnterprise", "清溪", "清溪机械厂");
        await desk.Page.Locator("#county").SelectOptionAsync("330521");
        await desk.Page.Locator("#site").FillAsync("一号车间");
        await desk.Page.Locator("#latitude").FillAsync("30.5410");
        await desk.Page.Locator("#longitude").FillAsync("119.9770");
        await desk.Page.Locator("#datum").SelectOptionAsync("wgs84");
        await desk.PressAsync("登记焊机");
        await desk.LeavesForAsync(address => !address.EndsWith("/new", StringComparison.Ordinal));
    }

    private static async Task FitChipAsync(Visitor desk)
    {
        await desk.GoAsync("/welding/machines");
        await desk.UntilInteractiveAsync();
        await desk.Page.Locator("tbody").GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = "装芯片" }).First.ClickAsync();
        await desk.Page.Locator("#serial").FillAsync("CHIP-0001");
        await desk.PressAsync("绑定芯片");
        await desk.SeesAsync("已绑定到");
    }

    // The bureau may do an installer's work; the installer's own journey is FittingTests.
    private static async Task TestAndActivateAsync(Visitor desk)
    {
        await desk.GoAsync("/w/WJ-0001");
        await desk.PressAsync("开始自检");
        await desk.SeesAsync("自检合格，待启用");
        await Photos.KeepAsync(desk);
        await desk.PressAsync("启用这台焊机");
        await desk.SeesAsync("已启用");
        await desk.GoAsync("/welding/machines/WJ-0001");
    }

    private static async Task StartWithPasskeyAsync(Visitor phone)
    {
        await phone.HoldPasskeyDeviceAsync();
        await phone.GoAsync("/account/passkey");
        await phone.FillAsync("当前密码", Password);
        await phone.PressAsync("创建通行密钥");
        await phone.SeesAsync("通行密钥已启用");
        await phone.GoAsync("/w/WJ-0001");
        await phone.PressAsync("用通行密钥核验并开机");
        await phone.SeesAsync("已通电，可以作业");
    }

    private static async Task ClaimAndStartAsync(Visitor phone, string code)
    {
        await phone.GoAsync("/claim");
        await phone.FillAsync("操作证编号", "T" + IdentityNumbers.Complete(Identity));
        await phone.FillAsync("邀请码", code);
        await phone.FillAsync("用户名", "welder");
        await phone.FillAsync("设定密码", Password);
        await phone.FillAsync("开机 PIN", Pin);
        await phone.PressAsync("领取账号");
        await phone.SignInAsync("welder", Password);
        await phone.GoAsync("/w/WJ-0001");
        await phone.FillAsync("开机 PIN（6 位数字）", Pin);
        await phone.PressAsync("核验并开机");
        await phone.SeesAsync("已通电，可以作业");
        await phone.PressAsync("结束作业并断电");
        await StartWithPasskeyAsync(phone);
    }
}
