using System.Net;
using System.Net.Http.Json;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class SignInTests
{
    [Fact]
    public async Task The_api_answers_a_stranger_with_a_problem_and_no_redirect()
    {
        await using var host = await AccountsHost.StartAsync();

        var answer = await host.Browser().GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("SignInNeeded", await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task The_api_answers_a_role_without_permission_with_a_problem()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        var answer = await welder.GetAsync("/api/v1/accounts");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Forbidden", await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task A_page_sends_a_stranger_to_sign_in_and_remembers_where_from()
    {
        await using var host = await AccountsHost.StartAsync();

        var answer = await host.Browser().GetAsync("/desk?page=2");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fdesk%3Fpage%3D2", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_page_that_is_not_for_this_role_says_so()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        var answer = await welder.GetAsync("/accounts-only");

        Assert.Equal("/forbidden", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_cookie_is_strict_and_hidden_from_scripts_and_secure_over_https()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        var browser = host.Browser();
        browser.BaseAddress = new Uri("https://anlan.test");

        var answer = await AccountsHost.SignInAsync(browser, "root-of-all");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("anlan=", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Me_tells_role_and_person_of_a_welder()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var (welder, account) = await host.WelderAsync(person);

        var me = await AccountsHost.JsonAsync(await welder.GetAsync("/api/v1/me"));

        Assert.Equal(account, me.GetProperty("account").GetGuid());
        Assert.Equal(person.Value, me.GetProperty("person").GetGuid());
        Assert.Equal("welder", me.GetProperty("roles")[0].GetString());
        Assert.True(me.GetProperty("hasPin").GetBoolean());
    }

    [Fact]
    public async Task Wrong_name_wrong_password_and_a_locked_account_look_the_same()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        var browser = host.Browser();

        var wrongName = await AccountsHost.SignInAsync(browser, "nobody-here");
        var wrongPassword = await AccountsHost.SignInAsync(browser, "root-of-all", "wrong password here");
        for (var i = 0; i < 4; i++) await AccountsHost.SignInAsync(browser, "ROOT-OF-ALL", "wrong password here");
        var locked = await AccountsHost.SignInAsync(browser, "root-of-all");

        foreach (var answer in new[] { wrongName, wrongPassword, locked })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("SignInFailed", await AccountsHost.RefusalAsync(answer));
        }
    }

    [Fact]
    public async Task A_locked_account_opens_again_after_fifteen_minutes()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        var browser = host.Browser();
        for (var i = 0; i < 5; i++) await AccountsHost.SignInAsync(browser, "root-of-all", "wrong password here");

        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var answer = await AccountsHost.SignInAsync(browser, "root-of-all");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Guessing_over_many_names_from_one_address_is_braked()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = host.Browser();
        for (var i = 0; i < 30; i++) await AccountsHost.SignInAsync(browser, $"guess-{i}");

        var braked = await AccountsHost.SignInAsync(browser, "guess-30");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await AccountsHost.SignInAsync(browser, "guess-31");

        Assert.Equal(HttpStatusCode.TooManyRequests, braked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_this_browser()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = await host.AdministratorAsync();

        var signedOut = await browser.PostAsync("/api/v1/sign-out", null);
        var after = await browser.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_unused_for_half_a_day()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = await host.AdministratorAsync();

        host.Clock.Advance(TimeSpan.FromHours(12).Add(TimeSpan.FromSeconds(1)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        await using var host = await AccountsHost.StartAsync();
        using var form = new FormUrlEncodedContent([new("userName", "root-of-all"), new("password", AccountsHost.Password)]);

        var answer = await host.Browser().PostAsync("/api/v1/sign-in", form);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }
}
