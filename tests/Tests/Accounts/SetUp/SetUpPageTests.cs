using System.Net;

namespace Anlan.Tests.Accounts.SetUp;

public sealed class SetUpPageTests
{
    [Fact]
    public async Task The_page_makes_the_administrator_and_leads_to_sign_in()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = host.Browser();

        var answer = await AccountsHost.FillInAsync(browser, "/set-up/" + host.SetUpToken(), ("UserName", "chief"), ("DisplayName", "Chief"), ("Password", AccountsHost.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in?after=set-up", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        (await AccountsHost.SignInAsync(browser, "chief")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_used_link_shows_no_form()
    {
        await using var host = await AccountsHost.StartAsync();
        var token = host.SetUpToken();
        (await host.AdministratorAsync()).Dispose();

        var html = await host.Browser().GetStringAsync("/set-up/" + token);

        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_keeps_its_address_to_itself()
    {
        await using var host = await AccountsHost.StartAsync();

        var answer = await host.Browser().GetAsync("/set-up/" + host.SetUpToken());

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
