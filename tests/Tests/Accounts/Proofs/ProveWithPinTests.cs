using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Proofs;

public sealed class ProveWithPinTests
{
    private static Task<HttpResponseMessage> ProveAsync(HttpClient browser, string pin = AccountsHost.Pin) => browser.PostAsJsonAsync("/api/v1/me/proof", new { pin });

    [Fact]
    public async Task The_right_pin_yields_a_proof_of_this_moment_valid_for_five_minutes()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var (welder, account) = await host.WelderAsync(person);

        var answer = await AccountsHost.JsonAsync(await ProveAsync(welder));

        var proof = host.Services.GetRequiredService<IPersonProofs>().Read(answer.GetProperty("proof").GetString(), account);
        Assert.Equal(new PersonProof(account, person, host.Clock.GetUtcNow(), "pin"), proof);
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(5), answer.GetProperty("validUntil").GetDateTimeOffset());
    }

    [Fact]
    public async Task Five_wrong_pins_lock_the_pin_for_fifteen_minutes_and_are_recorded()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        var codes = new List<string?>();
        for (var i = 0; i < 5; i++) codes.Add(await AccountsHost.RefusalAsync(await ProveAsync(welder, "314159")));
        var right = await AccountsHost.RefusalAsync(await ProveAsync(welder));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var later = await ProveAsync(welder);

        Assert.Equal(["PinWrong", "PinWrong", "PinWrong", "PinWrong", "PinLocked"], codes);
        Assert.Equal("PinLocked", right);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        await using var scope = host.Services.CreateAsyncScope();
        var audit = scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<AuditRecord>();
        Assert.Equal(1, await audit.CountAsync(a => a.Action == "accounts.pin.locked" && a.Subject == $"account/{account}" && a.Account == account));
    }

    [Fact]
    public async Task Forty_guesses_at_once_get_no_more_than_five_looks()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ProveAsync(welder, $"{314_100 + i}")));
        var codes = await Task.WhenAll(answers.Select(AccountsHost.RefusalAsync));

        Assert.Equal(4, codes.Count(c => c == "PinWrong"));
        Assert.Equal(36, codes.Count(c => c == "PinLocked"));
    }

    [Fact]
    public async Task A_right_pin_forgives_earlier_slips()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        for (var i = 0; i < 4; i++) await ProveAsync(welder, "314159");
        await ProveAsync(welder);

        var slip = await AccountsHost.JsonAsync(await ProveAsync(welder, "314159"));

        Assert.Equal("1", slip.GetProperty("refusals")[0].GetProperty("measured").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Staff_have_no_pin_and_are_told_so()
    {
        await using var host = await AccountsHost.StartAsync();

        var answer = await ProveAsync(await host.AdministratorAsync());

        Assert.Equal("PinMissing", await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task A_new_invitation_resets_pin_and_password_and_ends_old_proofs()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var (welder, account) = await host.WelderAsync(person);
        var oldProof = (await AccountsHost.JsonAsync(await ProveAsync(welder))).GetProperty("proof").GetString();
        for (var i = 0; i < 5; i++) await ProveAsync(welder, "314159");
        var code = await AccountsHost.InviteWelderAsync(await host.AdministratorAsync(), person);

        var claim = await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(person), code, password = "another good password", pin = "141421" });

        Assert.Equal("welder", (await AccountsHost.JsonAsync(claim)).GetProperty("userName").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await welder.GetAsync("/api/v1/me")).StatusCode);
        Assert.Null(host.Services.GetRequiredService<IPersonProofs>().Read(oldProof, account));
        (await AccountsHost.SignInAsync(welder, "welder", "another good password")).EnsureSuccessStatusCode();
        Assert.Equal("PinWrong", await AccountsHost.RefusalAsync(await ProveAsync(welder)));
        Assert.Equal(HttpStatusCode.OK, (await ProveAsync(welder, "141421")).StatusCode);
    }
}
