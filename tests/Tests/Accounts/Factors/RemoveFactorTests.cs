using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Accounts.Factors;
using Anlan.Toolkit.Audit;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Accounts.Factors;

public sealed class RemoveFactorTests
{
    private static async Task<(AccountsHost Host, HttpClient Chief, AnAuthenticator App)> StartAsync()
    {
        var host = await AccountsHost.StartAsync(isDemo: false);
        var chief = host.Browser();
        await AccountsHost.SetUpAsync(chief, host.SetUpToken());
        await AccountsHost.SignInAsync(chief, "root-of-all");
        return (host, chief, await AnAuthenticator.EnrolAtSignInAsync(host, chief));
    }

    private static async Task<List<Guid>> FactorsAsync(HttpClient browser) =>
        [.. (await AccountsHost.JsonAsync(await browser.GetAsync("/api/v1/me/factors"))).GetProperty("factors").EnumerateArray().Select(factor => factor.GetProperty("id").GetGuid())];

    private static Task<HttpResponseMessage> RemoveAsync(HttpClient browser, Guid factor, string password = AccountsHost.Password) => browser.PostAsJsonAsync($"/api/v1/me/factors/{factor}/remove", new { password });

    [Fact]
    public async Task The_last_factor_stays_where_one_is_demanded()
    {
        var (host, chief, _) = await StartAsync();
        await using var _host = host;
        var only = Assert.Single(await FactorsAsync(chief));

        Assert.Equal("LastFactor", await AccountsHost.RefusalAsync(await RemoveAsync(chief, only)));
        Assert.Single(await FactorsAsync(chief));
    }

    [Fact]
    public async Task Of_two_one_may_go_and_other_sessions_go_with_it()
    {
        var (host, chief, app) = await StartAsync();
        await using var _host = host;
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = host.Browser();
        await AccountsHost.SignInAsync(other, "root-of-all");
        (await AnAuthenticator.GiveAsync(other, app.Code())).EnsureSuccessStatusCode();
        var second = await AnAuthenticator.EnrolAsync(host, chief);
        Assert.Empty(second.RecoveryCodes);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var removed = await RemoveAsync(chief, (await FactorsAsync(chief))[0]);

        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), ((await chief.GetAsync("/api/v1/me")).StatusCode, (await other.GetAsync("/api/v1/me")).StatusCode));
        await AccountsHost.SignInAsync(other, "root-of-all");
        Assert.Equal("FactorWrong", await AccountsHost.RefusalAsync(await AnAuthenticator.GiveAsync(other, app.Code())));
        Assert.Equal(HttpStatusCode.OK, (await AnAuthenticator.GiveAsync(other, second.Code())).StatusCode);
    }

    [Fact]
    public async Task An_open_browser_without_the_password_changes_nothing_and_guessing_locks()
    {
        var (host, chief, _) = await StartAsync();
        await using var _host = host;
        await AnAuthenticator.EnrolAsync(host, chief);
        var factor = (await FactorsAsync(chief))[0];

        var guesses = new List<string?>();
        for (var i = 0; i < 5; i++) guesses.Add(await AccountsHost.RefusalAsync(await RemoveAsync(chief, factor, "a guessed password")));
        var right = await AccountsHost.RefusalAsync(await RemoveAsync(chief, factor));

        Assert.Equal(["PasswordWrong", "PasswordWrong", "PasswordWrong", "PasswordWrong", "PasswordLocked"], guesses);
        Assert.Equal("PasswordLocked", right);
        Assert.Equal(2, (await FactorsAsync(chief)).Count);
    }

    [Fact]
    public async Task Nobody_names_or_removes_a_factor_of_somebody_else()
    {
        await using var host = await AccountsHost.StartAsync();
        var (chief, bureau) = (await host.AdministratorAsync(), await host.StaffAsync("city-bureau", "bureau-one"));
        await AnAuthenticator.EnrolAsync(host, chief);
        var factor = Assert.Single(await FactorsAsync(chief));

        Assert.Equal("FactorUnknown", await AccountsHost.RefusalAsync(await RemoveAsync(bureau, factor)));
        Assert.Equal("FactorUnknown", await AccountsHost.RefusalAsync(await bureau.PutAsJsonAsync($"/api/v1/me/factors/{factor}", new { name = "mine" })));
        Assert.Equal("mine too", (await AccountsHost.JsonAsync(await chief.PutAsJsonAsync($"/api/v1/me/factors/{factor}", new { name = " mine too " }))).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Secret_and_recovery_codes_lie_nowhere_in_plain_and_every_step_is_in_the_audit()
    {
        var (host, chief, app) = await StartAsync();
        await using var _host = host;
        var renewed = await AccountsHost.JsonAsync(await chief.PostAsJsonAsync("/api/v1/me/recovery-codes", new { password = AccountsHost.Password }));
        var codes = renewed.GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!).ToList();

        var factor = await host.ReadAsync(db => db.Set<Factor>().AsNoTracking().SingleAsync());
        var kept = await host.ReadAsync(db => db.Set<RecoveryCode>().AsNoTracking().Select(code => code.CodeHash).ToListAsync());
        var audit = await host.ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().Select(record => record.Action).ToListAsync());
        var details = string.Join('\n', await host.ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().Select(record => record.Details ?? "").ToListAsync()));

        Assert.Equal(10, kept.Count);
        Assert.Empty(codes.Intersect(app.RecoveryCodes));
        Assert.All(codes.Concat(app.RecoveryCodes), code => Assert.DoesNotContain(code, string.Join(' ', kept) + details, StringComparison.OrdinalIgnoreCase));
        Assert.True(factor.Secret!.Length > Totp.SecretLength * 2 && !Encoding.Latin1.GetString(factor.Secret).Contains("phone", StringComparison.Ordinal));
        foreach (var action in new[] { "accounts.password-given", "accounts.factor.added", "accounts.signed-in", "accounts.recovery-codes.renewed" }) Assert.Contains(action, audit);
    }
}
