using System.Net;
using System.Net.Http.Json;
using Anlan.Tests.Accounts.Factors;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class GiveFactorTests
{
    private static async Task<(AccountsHost Host, AnAuthenticator App)> StartAsync()
    {
        var host = await AccountsHost.StartAsync(isDemo: false);
        var browser = host.Browser();
        (await AccountsHost.SetUpAsync(browser, host.SetUpToken())).EnsureSuccessStatusCode();
        Assert.Equal("EnrolmentNeeded", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(browser, "root-of-all")));
        var app = await AnAuthenticator.EnrolAtSignInAsync(host, browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/me")).StatusCode);
        // The enrolment's code is used up; the app shows the next one.
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        return (host, app);
    }

    private static async Task<HttpClient> HalfInAsync(AccountsHost host)
    {
        var browser = host.Browser();
        Assert.Equal("SecondFactorNeeded", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(browser, "root-of-all")));
        return browser;
    }

    [Fact]
    public async Task Whoever_has_given_the_password_only_reaches_nothing()
    {
        await using var host = await AccountsHost.StartAsync(isDemo: false);
        var browser = host.Browser();
        await AccountsHost.SetUpAsync(browser, host.SetUpToken());

        var answer = await AccountsHost.SignInAsync(browser, "root-of-all");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("anlan=", StringComparison.Ordinal) && !cookie.StartsWith("anlan=;", StringComparison.Ordinal));
        foreach (var api in new[] { "/api/v1/me", "/api/v1/accounts", "/api/v1/organs", "/api/v1/me/session", "/api/v1/me/factors" }) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(api)).StatusCode);
        foreach (var page in new[] { "/desk", "/accounts", "/account", "/account/authenticator" }) Assert.StartsWith("/sign-in?", (await browser.GetAsync(page)).Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsJsonAsync("/api/v1/invitations", new { role = "security-administrator", displayName = "mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsJsonAsync("/api/v1/me/password", new { password = AccountsHost.Password, newPassword = "another long sentence" })).StatusCode);
    }

    [Fact]
    public async Task The_password_alone_adds_no_factor_to_an_account_that_has_one()
    {
        var (host, _) = await StartAsync();
        await using var _host = host;
        var thief = await HalfInAsync(host);

        Assert.Equal("FactorExists", await AccountsHost.RefusalAsync(await thief.PostAsync("/api/v1/sign-in/enrolment/authenticator/offer", null)));
        Assert.Equal("FactorExists", await AccountsHost.RefusalAsync(await thief.PostAsync("/api/v1/sign-in/enrolment/passkey/question", null)));
        Assert.Equal("FactorExists", await AccountsHost.RefusalAsync(await thief.PostAsJsonAsync("/api/v1/sign-in/enrolment/authenticator", new { offer = "x", code = "000000", name = "mine" })));
        Assert.Equal("/sign-in/factor?returnUrl=%2F", (await thief.GetAsync("/sign-in/enrol")).Headers.Location?.ToString().Replace("http://anlan.test", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Password_and_code_open_a_session_and_the_code_serves_once()
    {
        var (host, app) = await StartAsync();
        await using var _host = host;
        var (first, second) = (await HalfInAsync(host), await HalfInAsync(host));

        var code = app.Code();
        var opened = await AnAuthenticator.GiveAsync(first, code);
        var replayed = await AnAuthenticator.GiveAsync(second, code);

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/api/v1/accounts")).StatusCode);
        Assert.Equal("FactorWrong", await AccountsHost.RefusalAsync(replayed));
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task Of_twenty_same_codes_sent_at_once_one_opens_a_session()
    {
        var (host, app) = await StartAsync();
        await using var _host = host;
        var browsers = new List<HttpClient>();
        for (var i = 0; i < 20; i++) browsers.Add(await HalfInAsync(host));

        var answers = await Task.WhenAll(browsers.Select(browser => AnAuthenticator.GiveAsync(browser, app.Code())));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_even_when_a_hundred_are_sent_at_once()
    {
        var (host, app) = await StartAsync();
        await using var _host = host;
        var browser = await HalfInAsync(host);
        var right = app.Code();

        var guesses = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AnAuthenticator.GiveAsync(browser, $"{(int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + 1 + i) % 1_000_000:000000}")));
        var codes = await Task.WhenAll(guesses.Select(AccountsHost.RefusalAsync));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var locked = await AccountsHost.RefusalAsync(await AnAuthenticator.GiveAsync(browser, app.Code()));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var later = await AnAuthenticator.GiveAsync(await HalfInAsync(host), app.Code());

        Assert.Equal(4, codes.Count(code => code == "FactorWrong"));
        Assert.Equal("FactorLocked", locked);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_serves_once_in_place_of_the_app()
    {
        var (host, app) = await StartAsync();
        await using var _host = host;
        Assert.Equal(10, app.RecoveryCodes.Distinct().Count());

        var typed = app.RecoveryCodes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        var opened = await AnAuthenticator.GiveAsync(await HalfInAsync(host), typed);
        var again = await AnAuthenticator.GiveAsync(await HalfInAsync(host), typed);

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal("FactorWrong", await AccountsHost.RefusalAsync(again));
    }

    [Fact]
    public async Task Half_an_entry_ends_after_ten_minutes_and_with_a_new_password()
    {
        var (host, app) = await StartAsync();
        await using var _host = host;
        var slow = await HalfInAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("SignInNeeded", await AccountsHost.RefusalAsync(await AnAuthenticator.GiveAsync(slow, app.Code())));
        var (owner, thief) = (await HalfInAsync(host), await HalfInAsync(host));
        (await AnAuthenticator.GiveAsync(owner, app.Code())).EnsureSuccessStatusCode();

        (await owner.PostAsJsonAsync("/api/v1/me/password", new { password = AccountsHost.Password, newPassword = "another long sentence" })).EnsureSuccessStatusCode();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("SignInNeeded", await AccountsHost.RefusalAsync(await AnAuthenticator.GiveAsync(thief, app.Code())));
    }

    [Fact]
    public async Task Demos_ask_for_none_enterprises_may_have_one_and_then_give_it()
    {
        await using var host = await AccountsHost.StartAsync();
        var manager = await host.StaffAsync("safety-manager", "manager", host.Neighbours.AnEnterprise().Value);
        var app = await AnAuthenticator.EnrolAsync(host, manager);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = host.Browser();

        Assert.Equal("SecondFactorNeeded", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(browser, "manager")));
        Assert.Equal(HttpStatusCode.OK, (await AnAuthenticator.GiveAsync(browser, app.Code())).StatusCode);
    }

    [Fact]
    public async Task A_demo_that_becomes_an_installation_lets_no_session_without_a_factor_go_on()
    {
        var demo = await AccountsHost.StartAsync();
        var chief = await demo.AdministratorAsync();
        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync("/api/v1/me")).StatusCode);
        var cookie = demo.CookieOf(chief);
        var folder = await demo.StopAsync();

        await using var host = await AccountsHost.StartAsync(folder, isDemo: false);
        var browser = host.BrowserWith(cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }
}
