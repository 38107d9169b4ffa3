using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Tests.Accounts.Factors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Resets;

public sealed class ResetTests
{
    private const string NewPassword = "another long sentence";

    private sealed record Office(AccountsHost Host, HttpClient Chief, HttpClient Bureau, HttpClient Second, Guid Manager, HttpClient ManagersDesk) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private static async Task<Office> OpenAsync()
    {
        var host = await AccountsHost.StartAsync();
        var desk = await host.StaffAsync("safety-manager", "manager", host.Neighbours.AnEnterprise().Value);
        var (bureau, second) = (await host.StaffAsync("city-bureau", "bureau-one"), await host.StaffAsync("city-bureau", "bureau-two"));
        var account = host.Services.GetRequiredService<AccountIndex>().All.Single(a => a.UserName == "manager").Id;
        return new Office(host, await host.AdministratorAsync(), bureau, second, account, desk);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, Guid account, string reason = "lost the phone") => browser.PostAsJsonAsync($"/api/v1/accounts/{account}/resets", new { reason });

    private static async Task<Guid> AskedAsync(HttpClient browser, Guid account)
    {
        var asked = await AskAsync(browser, account);
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        return (await AccountsHost.JsonAsync(asked)).GetProperty("reset").GetGuid();
    }

    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient browser, Guid reset) => browser.PostAsync($"/api/v1/accounts/resets/{reset}/confirm", null);

    private static Task<HttpResponseMessage> ClaimAsync(HttpClient browser, JsonElement confirmed) =>
        browser.PostAsJsonAsync("/api/v1/claims", new { invitation = confirmed.GetProperty("invitation").GetGuid(), code = confirmed.GetProperty("code").GetString(), password = NewPassword });

    [Fact]
    public async Task Two_people_give_an_account_back_and_everything_old_ends_at_the_second_word()
    {
        await using var office = await OpenAsync();
        var app = await AnAuthenticator.EnrolAsync(office.Host, office.ManagersDesk);
        var reset = await AskedAsync(office.Bureau, office.Manager);
        Assert.Equal(HttpStatusCode.OK, (await office.ManagersDesk.GetAsync("/api/v1/me")).StatusCode);

        var confirmed = await AccountsHost.JsonAsync(await ConfirmAsync(office.Second, reset));

        var browser = office.Host.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await office.ManagersDesk.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal("SignInFailed", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(browser, "manager")));
        Assert.Equal(HttpStatusCode.OK, (await ClaimAsync(browser, confirmed)).StatusCode);
        // No factor is left: the owner enrols anew, here voluntarily.
        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(browser, "manager", NewPassword)).StatusCode);
        Assert.Empty((await AccountsHost.JsonAsync(await browser.GetAsync("/api/v1/me/factors"))).GetProperty("factors").EnumerateArray());
        Assert.NotEmpty(app.RecoveryCodes);
        var line = Assert.Single((await office.Bureau.GetStringAsync("/api/v1/accounts/resets/export")).Split('\n'), line => line.StartsWith("manager,", StringComparison.Ordinal));
        Assert.EndsWith(",\u5df2\u5b8c\u6210", line.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("safety-manager", line, StringComparison.Ordinal);
        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await ClaimAsync(browser, confirmed)));
    }

    [Fact]
    public async Task A_key_that_was_made_with_the_account_ends_with_it()
    {
        await using var office = await OpenAsync();
        var officer = office.Host.Services.GetRequiredService<AccountIndex>().All.Single(a => a.UserName == "bureau-one").Id;
        var made = await AccountsHost.JsonAsync(await office.Bureau.PostAsJsonAsync("/api/v1/me/keys", new { name = "figures", permissions = new[] { "accounts.organs.view" }, lastDay = "2040-06-01" }));
        using var program = office.Host.Browser();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("key").GetString());
        var reset = await AskedAsync(office.Chief, officer);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/organs")).StatusCode);

        (await ConfirmAsync(await office.Host.StaffAsync("security-administrator", "second-chief"), reset)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_both_people_and_the_owner_is_neither()
    {
        await using var office = await OpenAsync();
        var bureauTwo = office.Host.Services.GetRequiredService<AccountIndex>().All.Single(a => a.UserName == "bureau-two").Id;
        var reset = await AskedAsync(office.Chief, bureauTwo);

        Assert.Equal("ResetNeedsAnother", await AccountsHost.RefusalAsync(await ConfirmAsync(office.Chief, reset)));
        Assert.Equal("ResetUnknown", await AccountsHost.RefusalAsync(await ConfirmAsync(office.Second, reset)));
        Assert.Equal("OwnAccount", await AccountsHost.RefusalAsync(await AskAsync(office.Chief, (await AccountsHost.JsonAsync(await office.Chief.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid())));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(office.ManagersDesk, office.Manager)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Second.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task Of_two_agreements_at_once_one_prints_a_code()
    {
        await using var office = await OpenAsync();
        var reset = await AskedAsync(office.Bureau, office.Manager);

        var answers = await Task.WhenAll(ConfirmAsync(office.Second, reset), ConfirmAsync(office.Chief, reset), ConfirmAsync(office.Second, reset));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Single(await office.Host.ReadAsync(db => db.Set<Invitation>().Where(i => i.Account == office.Manager).ToListAsync()));
    }

    [Fact]
    public async Task A_request_and_a_code_expire_after_a_day()
    {
        await using var office = await OpenAsync();
        var late = await AskedAsync(office.Bureau, office.Manager);
        office.Host.Clock.Advance(TimeSpan.FromDays(1));
        var (bureau, second) = (office.Host.Browser(), office.Host.Browser());
        await AccountsHost.SignInAsync(bureau, "bureau-one");
        await AccountsHost.SignInAsync(second, "bureau-two");
        Assert.Equal("ResetExpired", await AccountsHost.RefusalAsync(await ConfirmAsync(second, late)));
        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(office.Host.Browser(), "manager")).StatusCode);

        var confirmed = await AccountsHost.JsonAsync(await ConfirmAsync(second, await AskedAsync(bureau, office.Manager)));
        office.Host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await ClaimAsync(office.Host.Browser(), confirmed)));
    }

    [Fact]
    public async Task An_account_disabled_meanwhile_and_an_asker_who_was_disabled_are_no_reason_for_a_code()
    {
        await using var office = await OpenAsync();
        var reset = await AskedAsync(office.Bureau, office.Manager);
        await office.Chief.PostAsJsonAsync($"/api/v1/accounts/{office.Manager}/disable", new { reason = "left" });
        Assert.Equal("AccountDisabled", await AccountsHost.RefusalAsync(await ConfirmAsync(office.Second, reset)));
        await office.Chief.PostAsJsonAsync($"/api/v1/accounts/{office.Manager}/enable", new { reason = "back" });
        var asker = office.Host.Services.GetRequiredService<AccountIndex>().All.Single(a => a.UserName == "bureau-one").Id;
        await office.Chief.PostAsJsonAsync($"/api/v1/accounts/{asker}/disable", new { reason = "left" });

        Assert.Equal("ResetAskerGone", await AccountsHost.RefusalAsync(await ConfirmAsync(office.Second, reset)));
    }

    [Fact]
    public async Task A_refused_or_withdrawn_request_is_over_and_another_can_be_made()
    {
        await using var office = await OpenAsync();
        var first = await AskedAsync(office.Bureau, office.Manager);
        Assert.Equal("ResetWaits", await AccountsHost.RefusalAsync(await AskAsync(office.Second, office.Manager)));

        var refused = await AccountsHost.JsonAsync(await office.Second.PostAsync($"/api/v1/accounts/resets/{first}/refuse", null));
        var again = await AskedAsync(office.Bureau, office.Manager);
        var withdrawn = await AccountsHost.JsonAsync(await office.Bureau.PostAsync($"/api/v1/accounts/resets/{again}/refuse", null));

        Assert.Equal(("rejected", "withdrawn"), (refused.GetProperty("state").GetString(), withdrawn.GetProperty("state").GetString()));
        Assert.Equal("ResetDecided", await AccountsHost.RefusalAsync(await ConfirmAsync(office.Second, first)));
    }

    [Fact]
    public async Task The_list_tells_who_asked_why_and_who_agreed_and_the_owner_hears_of_it_at_the_next_sign_in()
    {
        await using var office = await OpenAsync();
        var reset = await AskedAsync(office.Bureau, office.Manager);
        var waiting = (await AccountsHost.JsonAsync(await office.Second.GetAsync("/api/v1/accounts/resets"))).GetProperty("items")[0];
        var own = (await AccountsHost.JsonAsync(await office.Bureau.GetAsync("/api/v1/accounts/resets"))).GetProperty("items")[0];
        var confirmed = await AccountsHost.JsonAsync(await ConfirmAsync(office.Second, reset));
        var owner = office.Host.Browser();
        await ClaimAsync(owner, confirmed);

        var landed = await AccountsHost.FillInAsync(owner, "/sign-in?returnUrl=%2Fdesk", ("UserName", "manager"), ("Password", NewPassword));
        var told = await owner.GetStringAsync("/account");
        await owner.PostAsync("/api/v1/me/resets/seen", null);
        var next = await AccountsHost.FillInAsync(owner, "/sign-in?returnUrl=%2Fdesk", ("UserName", "manager"), ("Password", NewPassword));

        Assert.Equal((true, false), (waiting.GetProperty("canConfirm").GetBoolean(), own.GetProperty("canConfirm").GetBoolean()));
        Assert.Equal(("lost the phone", "waiting"), (waiting.GetProperty("reason").GetString(), waiting.GetProperty("state").GetString()));
        Assert.EndsWith("/account", landed.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains("lost the phone", told, StringComparison.Ordinal);
        Assert.EndsWith("/desk", next.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_alone_makes_a_code_for_welders_only()
    {
        await using var office = await OpenAsync();
        var (_, welder) = await office.Host.WelderAsync(office.Host.Neighbours.ACertifiedWelder());

        Assert.Equal("ResetNeedsTwo", await AccountsHost.RefusalAsync(await office.Chief.PostAsJsonAsync($"/api/v1/accounts/{office.Manager}/reset", new { isInPerson = true })));
        Assert.Equal("ResetByInvitation", await AccountsHost.RefusalAsync(await AskAsync(office.Chief, welder)));
        Assert.Equal(HttpStatusCode.OK, (await office.Chief.PostAsJsonAsync($"/api/v1/accounts/{welder}/reset", new { isInPerson = true })).StatusCode);
    }
}
