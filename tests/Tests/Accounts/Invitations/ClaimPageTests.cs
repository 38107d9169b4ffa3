using System.Net;
using Anlan.Accounts.Invitations;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class ClaimPageTests
{
    [Fact]
    public async Task A_welder_claims_on_the_page_and_is_led_to_sign_in()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var code = await AccountsHost.InviteWelderAsync(await host.AdministratorAsync(), person);
        var browser = host.Browser();

        var answer = await AccountsHost.FillInAsync(
            browser, "/claim", ("CertificateNumber", host.Neighbours.NumberOf(person)), ("Code", code), ("UserName", "welder"), ("Password", AccountsHost.Password), ("Pin", AccountsHost.Pin));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in?after=claim", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        (await AccountsHost.SignInAsync(browser, "welder")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Wrong_fields_are_told_beside_them_and_what_was_typed_stays_except_secrets()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");

        var answer = await AccountsHost.FillInAsync(browser, "/claim", ("CertificateNumber", "T0000000001"), ("Code", "22222-22222"), ("UserName", "welder"), ("Password", "s3cret"), ("Pin", "123456"));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("The password has 6 characters; at least 12 are needed.", html, StringComparison.Ordinal);
        Assert.Contains("The PIN repeats or runs", html, StringComparison.Ordinal);
        Assert.Contains("value=\"T0000000001\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"123456\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slip_shows_the_code_once()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var account = (await AccountsHost.JsonAsync(await administrator.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();
        var slip = new Slip(Guid.CreateVersion7(), "welder", "W*r", "7K3MQ-9XAPD", "/claim", host.Clock.GetUtcNow().AddDays(14));
        host.Services.GetRequiredService<SlipTray>().Put(slip, account);

        var first = await administrator.GetStringAsync($"/invitations/{slip.Id}/slip");
        var second = await administrator.GetStringAsync($"/invitations/{slip.Id}/slip");

        Assert.Contains("7K3MQ-9XAPD", first, StringComparison.Ordinal);
        Assert.Contains("http://anlan.test/claim", first, StringComparison.Ordinal);
        Assert.DoesNotContain("7K3MQ-9XAPD", second, StringComparison.Ordinal);
    }
}
