using System.Net;
using System.Net.Http.Json;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class ClaimAccountTests
{
    private static Task<HttpResponseMessage> ClaimAsync(HttpClient browser, string? certificateNumber, string? code, string userName = "welder", string? pin = AccountsHost.Pin, Guid? invitation = null) =>
        browser.PostAsJsonAsync("/api/v1/claims", new { certificateNumber, invitation, code, userName, password = AccountsHost.Password, pin });

    private static async Task<(PersonId Person, string Number, string Code)> InvitedAsync(AccountsHost host)
    {
        var person = host.Neighbours.ACertifiedWelder();
        return (person, host.Neighbours.NumberOf(person), await AccountsHost.InviteWelderAsync(await host.AdministratorAsync(), person));
    }

    [Fact]
    public async Task Certificate_number_and_printed_code_make_a_welders_account()
    {
        await using var host = await AccountsHost.StartAsync();
        var (person, number, code) = await InvitedAsync(host);

        var answer = await ClaimAsync(host.Browser(), number, code);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var account = host.Services.GetRequiredService<AccountIndex>().FindByPerson(person);
        Assert.Equal(("welder", "welder", true), (account?.UserName, account?.Role, account?.HasPin));
        Assert.Null(account?.DisplayName);
    }

    [Fact]
    public async Task A_code_may_be_typed_small_and_without_its_hyphen()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);

        var answer = await ClaimAsync(host.Browser(), number, $" {code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} ");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Every_mismatch_gets_the_same_answer()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);
        var (_, otherNumber, _) = await InvitedAsync(host);
        var stranger = host.Neighbours.NumberOf(host.Neighbours.ACertifiedWelder());
        var browser = host.Browser();

        HttpResponseMessage[] answers =
        [
            await ClaimAsync(browser, "T9999999999", code),
            await ClaimAsync(browser, number, "22222-22222"),
            await ClaimAsync(browser, otherNumber, code),
            await ClaimAsync(browser, stranger, code),
            await ClaimAsync(browser, number, code, invitation: Guid.CreateVersion7()),
        ];

        var texts = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        Assert.Single(answers.Select(a => a.StatusCode).Distinct());
        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(answers[0]));
        Assert.Single(texts.Select(t => System.Text.RegularExpressions.Regex.Replace(t, "\"traceId\":\"[^\"]*\"", "")).Distinct());
    }

    [Fact]
    public async Task A_code_serves_once()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);
        await ClaimAsync(host.Browser(), number, code);

        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code, "again")));
    }

    [Fact]
    public async Task A_code_expires_after_a_fortnight()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);

        host.Clock.Advance(TimeSpan.FromDays(14));

        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code)));
    }

    [Fact]
    public async Task A_newer_invitation_replaces_the_older()
    {
        await using var host = await AccountsHost.StartAsync();
        var (person, number, older) = await InvitedAsync(host);
        var newer = await AccountsHost.InviteWelderAsync(await host.AdministratorAsync(), person);

        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, older)));
        Assert.Equal(HttpStatusCode.OK, (await ClaimAsync(host.Browser(), number, newer)).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_invitation_for_fifteen_minutes()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);
        for (var i = 0; i < 5; i++) await ClaimAsync(host.Browser(), number, "22222-22222");

        var locked = await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var later = await ClaimAsync(host.Browser(), number, code);

        Assert.Equal("ClaimMismatch", locked);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_bad_pin_or_a_taken_name_does_not_spend_the_code()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);

        var noPin = await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code, pin: null));
        var simplePin = await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code, pin: "123456"));
        var taken = await AccountsHost.RefusalAsync(await ClaimAsync(host.Browser(), number, code, "Root-Of-All"));
        var good = await ClaimAsync(host.Browser(), number, code);

        Assert.Equal(("PinInvalid", "PinTooSimple", "UserNameTaken"), (noPin, simplePin, taken));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Twenty_claims_at_once_make_one_account()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, number, code) = await InvitedAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ClaimAsync(host.Browser(), number, code, $"welder-{i}")));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Equal(2, host.Services.GetRequiredService<AccountIndex>().All.Count());
    }

    [Fact]
    public async Task The_code_is_nowhere_in_the_database()
    {
        await using var host = await AccountsHost.StartAsync();
        var (person, _, code) = await InvitedAsync(host);

        await using var scope = host.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<Invitation>().SingleAsync(i => i.Person == person);

        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), row.CodeHash, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("^[0-9a-f]{64}$", row.CodeHash);
    }

    [Fact]
    public async Task A_safety_manager_claims_with_the_link_and_code_and_belongs_to_the_enterprise()
    {
        await using var host = await AccountsHost.StartAsync();
        var enterprise = host.Neighbours.AnEnterprise();

        var manager = await host.StaffAsync("safety-manager", "manager", enterprise.Value);

        var me = await AccountsHost.JsonAsync(await manager.GetAsync("/api/v1/me"));
        Assert.Equal(enterprise.Value, me.GetProperty("enterprise").GetGuid());
        Assert.False(me.GetProperty("hasPin").GetBoolean());
    }

    [Fact]
    public async Task A_safety_manager_invites_and_resets_own_welders_only()
    {
        await using var host = await AccountsHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        var manager = await host.StaffAsync("safety-manager", "manager", own.Value);
        var theirs = host.Neighbours.ACertifiedWelder(other);
        var (_, theirAccount) = await host.WelderAsync(theirs, "theirs");

        var mine = await manager.PostAsJsonAsync("/api/v1/invitations", new { person = host.Neighbours.ACertifiedWelder(own).Value });
        var foreign = await manager.PostAsJsonAsync("/api/v1/invitations", new { person = theirs.Value });
        var reset = await manager.PostAsJsonAsync($"/api/v1/accounts/{theirAccount}/reset", new { isInPerson = true });

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal("PersonUnknown", await AccountsHost.RefusalAsync(foreign));
        Assert.Equal("AccountUnknown", await AccountsHost.RefusalAsync(reset));
    }

    [Fact]
    public async Task A_welder_is_invited_by_certificate_number_too()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var certificateNumber = host.Neighbours.NumberOf(host.Neighbours.ACertifiedWelder());

        var known = await administrator.PostAsJsonAsync("/api/v1/invitations", new { certificateNumber });
        var unknown = await administrator.PostAsJsonAsync("/api/v1/invitations", new { certificateNumber = "T9999999999" });

        Assert.Equal("/claim", (await AccountsHost.JsonAsync(known)).GetProperty("claimUrl").GetString());
        Assert.Equal("PersonUnknown", await AccountsHost.RefusalAsync(unknown));
    }
}
