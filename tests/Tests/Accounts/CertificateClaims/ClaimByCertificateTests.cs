using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Anlan.Accounts.CertificateClaims;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.CertificateClaims;

public sealed class ClaimByCertificateTests
{
    [Fact]
    public async Task An_account_by_certificate_exists_only_after_the_safety_manager_confirmed_the_welders_check_code()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, welder, manager) = await ReadyAsync(host);
        host.Neighbours.Mobiles[welder] = "13812345678";

        var asked = await AccountsHost.JsonAsync(await AskAsync(host, welder));
        var (id, code) = (asked.GetProperty("id").GetGuid(), asked.GetProperty("checkCode").GetString());
        var early = await AccountsHost.SignInAsync(host.Browser(), "by-card");
        var listed = await AccountsHost.JsonAsync(await manager.GetAsync("/api/v1/certificate-claims"));
        var wrong = await ConfirmAsync(manager, id, "22222-22222");
        var foreign = await ConfirmAsync(await host.StaffAsync("safety-manager", "elsewhere", host.Neighbours.AnEnterprise().Value), id, code);
        var confirmed = await ConfirmAsync(manager, id, code);

        Assert.Equal(HttpStatusCode.Unauthorized, early.StatusCode);
        Assert.Equal((1, "W*r", "Works"), (listed.GetProperty("total").GetInt32(), listed.GetProperty("items")[0].GetProperty("name").GetString(), listed.GetProperty("items")[0].GetProperty("enterprise").GetString()));
        Assert.Equal(("CheckCodeWrong", "CertificateClaimUnknown"), (await AccountsHost.RefusalAsync(wrong), await AccountsHost.RefusalAsync(foreign)));
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.Equal("accounts.claimed", Assert.Single(host.Neighbours.Sent).Cause.Key);
        var browser = host.Browser();
        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(browser, "by-card")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin })).StatusCode);
        Assert.Empty(await host.ReadAsync(db => db.Set<CertificateClaim>().ToListAsync()));
        var done = await host.ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().Where(a => a.Action.StartsWith("accounts.claim.")).Select(a => a.Action).ToListAsync());
        Assert.Equal(["accounts.claim.asked", "accounts.claim.codewrong", "accounts.claim.confirmed"], done.Order(StringComparer.Ordinal));
        Assert.Equal("PersonHasAccount", await AccountsHost.RefusalAsync(await AskAsync(host, welder, "second")));
    }

    [Fact]
    public async Task Every_mismatch_gets_the_same_answer_and_leaves_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, welder, _) = await ReadyAsync(host);

        HttpResponseMessage[] answers =
        [
            await AskAsync(host, welder, number: "T9999999999"),
            await AskAsync(host, welder, name: "Somebody Else"),
            await AskAsync(host, welder, ending: "0000"),
        ];

        var texts = await Task.WhenAll(answers.Select(async answer => Regex.Replace(await answer.Content.ReadAsStringAsync(), "\"traceId\":\"[^\"]*\"", "")));
        Assert.Single(texts.Distinct());
        Assert.Equal("CertificateClaimMismatch", await AccountsHost.RefusalAsync(answers[0]));
        Assert.Empty(await host.ReadAsync(db => db.Set<CertificateClaim>().ToListAsync()));
    }

    [Fact]
    public async Task Five_wrong_check_codes_lock_and_a_refused_or_lapsed_claim_opens_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, welder, manager) = await ReadyAsync(host);
        var first = await AccountsHost.JsonAsync(await AskAsync(host, welder));
        for (var guess = 0; guess < 5; guess++) await ConfirmAsync(manager, first.GetProperty("id").GetGuid(), "22222-22222");

        var locked = await ConfirmAsync(manager, first.GetProperty("id").GetGuid(), first.GetProperty("checkCode").GetString());
        var refused = await manager.PostAsJsonAsync($"/api/v1/certificate-claims/{first.GetProperty("id").GetGuid()}/refuse", new { reason = "not the one on the card" });
        var second = await AccountsHost.JsonAsync(await AskAsync(host, welder));
        host.Clock.Advance(CertificateClaim.Lifetime);
        (await AccountsHost.SignInAsync(manager, "manager")).EnsureSuccessStatusCode();
        var lapsed = await ConfirmAsync(manager, second.GetProperty("id").GetGuid(), second.GetProperty("checkCode").GetString());
        await host.Services.GetRequiredService<DropLapsedClaims>().RunAsync(default, CancellationToken.None);

        Assert.Equal(("CheckCodeLocked", "CertificateClaimUnknown"), (await AccountsHost.RefusalAsync(locked), await AccountsHost.RefusalAsync(lapsed)));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Empty(await host.ReadAsync(db => db.Set<CertificateClaim>().ToListAsync()));
        Assert.Null(host.Services.GetRequiredService<AccountIndex>().FindByPerson(welder));
    }

    [Fact]
    public async Task A_reset_in_person_ends_the_old_proof_at_once_and_the_new_pin_proves()
    {
        await using var host = await AccountsHost.StartAsync();
        var (_, welder, manager) = await ReadyAsync(host);
        var (phone, account) = await host.WelderAsync(welder);
        var proof = (await AccountsHost.JsonAsync(await phone.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin }))).GetProperty("proof").GetString();
        var proofs = host.Services.GetRequiredService<Anlan.Contracts.Accounts.IPersonProofs>();
        Assert.Equal(welder, proofs.Read(proof, account)?.Person);

        var afar = await manager.PostAsJsonAsync($"/api/v1/accounts/{account}/reset", new { isInPerson = false });
        Assert.NotNull(proofs.Read(proof, account));
        var reset = await AccountsHost.JsonAsync(await manager.PostAsJsonAsync($"/api/v1/accounts/{account}/reset", new { isInPerson = true }));

        Assert.Equal("ResetNotInPerson", await AccountsHost.RefusalAsync(afar));
        Assert.Null(proofs.Read(proof, account));
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AccountsHost.SignInAsync(host.Browser(), "welder")).StatusCode);
        var claim = await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(welder), code = reset.GetProperty("code").GetString(), password = "another long sentence", pin = "314159" });
        claim.EnsureSuccessStatusCode();
        var again = host.Browser();
        (await AccountsHost.SignInAsync(again, "welder", "another long sentence")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await again.PostAsJsonAsync("/api/v1/me/proof", new { pin = "314159" })).StatusCode);
        var who = await host.ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().SingleAsync(a => a.Action == "accounts.reset.inperson"));
        Assert.Equal(($"account/{account}", "manager"), (who.Subject, host.Services.GetRequiredService<AccountIndex>().Find(who.Account)?.UserName));
    }

    private static async Task<(EnterpriseId Enterprise, PersonId Welder, HttpClient Manager)> ReadyAsync(AccountsHost host)
    {
        var own = host.Neighbours.AnEnterprise();
        return (own, host.Neighbours.ACertifiedWelder(own), await host.StaffAsync("safety-manager", "manager", own.Value));
    }

    private static Task<HttpResponseMessage> AskAsync(AccountsHost host, PersonId welder, string userName = "by-card", string? number = null, string name = Neighbours.WholeName, string ending = Neighbours.IdentityEnding) =>
        host.Browser().PostAsJsonAsync("/api/v1/certificate-claims", new { certificateNumber = number ?? host.Neighbours.NumberOf(welder), name, identityEnding = ending, userName, password = AccountsHost.Password, pin = AccountsHost.Pin });

    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient manager, Guid claim, string? code) => manager.PostAsJsonAsync($"/api/v1/certificate-claims/{claim}/confirm", new { code });
}
