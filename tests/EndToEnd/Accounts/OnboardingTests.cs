using System.Globalization;
using System.Text.Json;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Anlan.EndToEnd.Welding;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Accounts;

/// <summary>How welders of an enterprise come to their accounts: by a printed slip, by their certificate, and again after a forgotten PIN.</summary>
public sealed class OnboardingTests(Chromium chromium)
{
    private const string Password = "a long sentence that nobody guesses";

    // Invented: sequences that are given to nobody.
    private static readonly Person WithSlip = new("欧阳小单", "99000019900101000");
    private static readonly Person WithCard = new("司马小证", "99000019900102000");

    [Fact]
    public async Task A_safety_manager_prints_slips_welders_claim_a_pin_is_reset_and_a_machine_starts()
    {
        await using var county = await DemoCounty.StartAsync(machines: 3);
        var (manager, password) = county.Desk("safety-manager");
        await using var desk = await chromium.VisitAsync(county.Server.Url, Device.Desk);
        await using var phone = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        await using var other = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        const string journey = nameof(A_safety_manager_prints_slips_welders_claim_a_pin_is_reset_and_a_machine_starts);

        await desk.TravelAsync(journey, county.Server, () => phone.TravelAsync(journey + ".phone", county.Server, () => other.TravelAsync(journey + ".other", county.Server, async () =>
        {
            await desk.EnterAsync(manager, password);
            await EnterAsync(desk, WithSlip);
            var machine = await MachineAsync(desk);

            await ClaimAsync(phone, await PrintAsync(desk), "271828", "with-slip");
            await phone.SignInAsync("with-slip", Password);
            await phone.GoAsync("/w/" + machine);
            await phone.SeesAsync("开机 PIN（6 位数字）");

            var renewed = await ResetAsync(desk, "with-slip");
            // The phone that was signed in starts nothing any more.
            await phone.GoAsync("/w/" + machine);
            await phone.SeesAsync("这台焊机已登记");
            await ClaimAsync(phone, renewed, "314159", null);
            await phone.SignInAsync("with-slip", Password);
            await phone.GoAsync("/w/" + machine);
            await phone.FillAsync("开机 PIN（6 位数字）", "314159");
            await phone.PressAsync("核验并开机");
            await phone.SeesAsync("已通电，可以作业");

            await EnterAsync(desk, WithCard);
            await ConfirmAsync(desk, await AskByCardAsync(other));
            await other.SignInAsync("with-card", Password);
            await CheckAsync(other);
        })));
    }

    // A welder who works here and holds a certificate; the pages for it have a journey of their own.
    private static async Task EnterAsync(Visitor desk, Person person)
    {
        var enterprise = (await ReadAsync(desk, "/api/v1/me")).GetProperty("enterprise").GetString();
        var enrolled = await (await desk.AskAsync($"/api/v1/enterprises/{enterprise}/people", new { name = person.Name, identityNumber = person.Identity, kind = "permanent" })).JsonAsync();
        var today = TimeProvider.System.GetUtcNow();
        var answer = await desk.AskAsync("/api/v1/certificates", new
        {
            person = enrolled!.Value.GetProperty("person").GetString(),
            number = person.Number,
            category = "welding",
            subItem = "fusion",
            issuedOn = Day(today.AddDays(-90)),
            expiresOn = Day(today.AddDays(1_800)),
        });
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    private static async Task<string> MachineAsync(Visitor desk) => (await ReadAsync(desk, "/api/v1/machines")).GetProperty("items")[0].GetProperty("code").GetString()!;

    private static async Task<string> PrintAsync(Visitor desk)
    {
        await desk.GoAsync("/accounts/slips");
        await desk.UntilInteractiveAsync();
        await desk.Page.Locator("form.card button[type=submit]").ClickAsync();
        await desk.LeavesForAsync(address => !address.EndsWith("/accounts/slips", StringComparison.Ordinal));
        await desk.FindsNoSeriousBarrierAsync();
        Assert.Equal("", await OnPaperAsync(desk.Page));
        return await desk.Page.Locator("article.slip", new() { HasText = "欧**单" }).Locator(".code b").InnerTextAsync();
    }

    // A4 within its margins: what is wrong with the sheet there, or nothing.
    private static async Task<string> OnPaperAsync(IPage page)
    {
        var screen = page.ViewportSize!;
        await page.SetViewportSizeAsync(718, 1047);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var wrong = await page.EvaluateAsync<string>("""
            () => [
                ...[...document.querySelectorAll('header')].filter(it => !it.closest('.slip') && it.offsetHeight > 0).map(() => 'the frame of the screen'),
                ...[...document.querySelectorAll('.slip')].filter(it => it.scrollHeight > it.clientHeight + 1).map(() => 'a slip over its edge'),
                ...[...document.querySelectorAll('.slip')].filter(it => it.offsetHeight > 1047 / 4).map(it => `${it.offsetHeight} pixels high`),
                ...[document.querySelector('.sheet').offsetWidth].filter(it => it < 700).map(it => `${it} pixels wide`),
            ].join(', ')
            """);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.SetViewportSizeAsync(screen.Width, screen.Height);
        return wrong;
    }

    private static async Task ClaimAsync(Visitor phone, string code, string pin, string? userName)
    {
        await phone.GoAsync("/claim");
        await phone.FillAsync("操作证编号", WithSlip.Number);
        await phone.FillAsync("邀请码", code);
        if (userName is not null) await phone.FillAsync("用户名", userName);
        await phone.FillAsync("设定密码", Password);
        await phone.FillAsync("开机 PIN", pin);
        await phone.PressAsync("领取账号");
        await phone.LeavesForAsync(address => address.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task<string> ResetAsync(Visitor desk, string userName)
    {
        await desk.GoAsync("/accounts?search=" + userName);
        await desk.UntilInteractiveAsync();
        await desk.Page.Locator("tbody").GetByRole(AriaRole.Button, new() { NameRegex = new(userName) }).ClickAsync();
        await desk.Page.GetByLabel("本人在场，已当面核对身份证").CheckAsync();
        await desk.PressAsync("重置并打印新码");
        await desk.LeavesForAsync(address => address.EndsWith("/slip", StringComparison.Ordinal));
        return await desk.Page.Locator(".code b").InnerTextAsync();
    }

    private static async Task<string> AskByCardAsync(Visitor phone)
    {
        await phone.GoAsync("/claim/certificate");
        await phone.FindsNoSeriousBarrierAsync();
        await phone.FillAsync("操作证编号", WithCard.Number);
        await phone.FillAsync("姓名", WithCard.Name);
        await phone.FillAsync("身份证号后四位", WithCard.Identity[^4..]);
        await phone.FillAsync("用户名", "with-card");
        await phone.FillAsync("设定密码", Password);
        await phone.FillAsync("开机 PIN", "161803");
        await phone.PressAsync("提交申领");
        await phone.SeesAsync("还不能登录");
        return await phone.Page.Locator(".check b").InnerTextAsync();
    }

    private static async Task ConfirmAsync(Visitor desk, string code)
    {
        await desk.GoAsync("/accounts/claims");
        await desk.UntilInteractiveAsync();
        await desk.PressAsync("确认: with-card");
        await desk.Page.Locator("#check-code").FillAsync(code);
        await desk.PressAsync("确认并开通账号");
        await desk.SeesAsync("账号 with-card 已开通");
    }

    private static async Task CheckAsync(Visitor anybody)
    {
        await anybody.GoAsync("/certificates/check");
        await anybody.FillAsync("证号", WithCard.Number);
        await anybody.FillAsync("持证人", WithCard.Name);
        await anybody.PressAsync("查验");
        await anybody.SeesAsync("司**证");
        await anybody.FindsNoSeriousBarrierAsync();
    }

    private static async Task<JsonElement> ReadAsync(Visitor desk, string address) => (await (await desk.Page.Context.APIRequest.GetAsync(address)).JsonAsync())!.Value;

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Person(string Name, string Start)
    {
        public string Identity => IdentityNumbers.Complete(Start);

        public string Number => "T" + Identity;
    }
}
