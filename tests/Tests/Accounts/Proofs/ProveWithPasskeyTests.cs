using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Accounts;
using Anlan.Tests.Accounts.Factors;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Proofs;

public sealed class ProveWithPasskeyTests
{
    private static async Task<(string Challenge, string Options)> AskAsync(HttpClient browser, string path)
    {
        var asked = await browser.PostAsync(path, null);
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        var question = await AccountsHost.JsonAsync(asked);
        return (question.GetProperty("challenge").GetString()!, question.GetProperty("options").GetString()!);
    }

    private static async Task<HttpResponseMessage> EnrolAsync(HttpClient browser, ASoftPasskey passkey)
    {
        var (challenge, options) = await AskAsync(browser, "/api/v1/me/passkeys/question");
        return await browser.PostAsJsonAsync("/api/v1/me/passkeys", new { password = AccountsHost.Password, challenge, answer = passkey.Create(options), name = "phone" });
    }

    private static async Task<(AccountsHost Host, HttpClient Welder, Guid Account, ASoftPasskey Passkey)> StartAsync()
    {
        var host = await AccountsHost.StartAsync();
        var (welder, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        var passkey = new ASoftPasskey();
        var enrolled = await EnrolAsync(welder, passkey);
        Assert.True(enrolled.IsSuccessStatusCode, await enrolled.Content.ReadAsStringAsync());
        Assert.Equal(10, (await AccountsHost.JsonAsync(enrolled)).GetProperty("recoveryCodes").GetArrayLength());
        return (host, welder, account, passkey);
    }

    private static Task<HttpResponseMessage> ProveAsync(HttpClient welder, string challenge, string answer) => welder.PostAsJsonAsync("/api/v1/me/proof/passkey", new { challenge, answer });

    [Fact]
    public async Task A_passkey_proves_the_person_by_its_own_method_at_this_moment()
    {
        var (host, welder, account, passkey) = await StartAsync();
        await using var _host = host;
        var (challenge, options) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");

        var proved = await AccountsHost.JsonAsync(await ProveAsync(welder, challenge, passkey.Get(options)));

        var proof = host.Services.GetRequiredService<IPersonProofs>().Read(proved.GetProperty("proof").GetString(), account);
        Assert.Equal(("passkey", host.Clock.GetUtcNow()), (proof?.Method, proof?.At));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(5), proved.GetProperty("validUntil").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_answer_serves_once()
    {
        var (host, welder, _, passkey) = await StartAsync();
        await using var _host = host;
        var (challenge, options) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");
        var answer = passkey.Get(options);
        (await ProveAsync(welder, challenge, answer)).EnsureSuccessStatusCode();

        Assert.Equal("PasskeyRefused", await AccountsHost.RefusalAsync(await ProveAsync(welder, challenge, answer)));
    }

    [Fact]
    public async Task An_answer_comes_within_five_minutes()
    {
        var (host, welder, _, passkey) = await StartAsync();
        await using var _host = host;
        var (challenge, options) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");

        host.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("PasskeyRefused", await AccountsHost.RefusalAsync(await ProveAsync(welder, challenge, passkey.Get(options))));
    }

    [Fact]
    public async Task A_passkey_without_finger_face_or_pin_of_another_page_or_of_somebody_else_proves_nothing()
    {
        var (host, welder, _, passkey) = await StartAsync();
        await using var _host = host;
        using var stranger = new ASoftPasskey();
        var refused = new List<string?>();

        foreach (var cheat in new Action[] { () => passkey.IsVerified = false, () => (passkey.IsVerified, passkey.Origin) = (true, "http://anlan.test.elsewhere.example"), () => passkey.Origin = "https://anlan.test" })
        {
            cheat();
            var (challenge, options) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");
            refused.Add(await AccountsHost.RefusalAsync(await ProveAsync(welder, challenge, passkey.Get(options))));
        }

        var (last, question) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");
        refused.Add(await AccountsHost.RefusalAsync(await ProveAsync(welder, last, stranger.Get(question))));

        Assert.All(refused, code => Assert.Equal("PasskeyRefused", code));
    }

    [Fact]
    public async Task A_question_for_one_use_is_no_question_for_another_and_five_failures_lock()
    {
        var (host, welder, _, passkey) = await StartAsync();
        await using var _host = host;
        var half = host.Browser();
        Assert.Equal("SecondFactorNeeded", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(half, "welder")));
        var (forSignIn, options) = await AskAsync(half, "/api/v1/sign-in/passkey/question");

        var crossed = await AccountsHost.RefusalAsync(await ProveAsync(welder, forSignIn, passkey.Get(options)));
        for (var i = 0; i < 4; i++) await ProveAsync(welder, "none", "{}");
        var (challenge, question) = await AskAsync(welder, "/api/v1/me/proof/passkey/question");
        var locked = await AccountsHost.RefusalAsync(await ProveAsync(welder, challenge, passkey.Get(question)));

        Assert.Equal(("PasskeyRefused", "FactorLocked"), (crossed, locked));
    }

    [Fact]
    public async Task A_passkey_is_also_the_second_step_of_signing_in()
    {
        var (host, _, _, passkey) = await StartAsync();
        await using var _host = host;
        var browser = host.Browser();
        await AccountsHost.SignInAsync(browser, "welder");
        var (challenge, options) = await AskAsync(browser, "/api/v1/sign-in/passkey/question");

        var opened = await browser.PostAsJsonAsync("/api/v1/sign-in/passkey", new { challenge, answer = passkey.Get(options) });

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task The_same_passkey_is_enrolled_once_and_one_that_verifies_nobody_never()
    {
        var (host, welder, _, passkey) = await StartAsync();
        await using var _host = host;
        using var careless = new ASoftPasskey { IsVerified = false };

        Assert.Equal("PasskeyRefused", await AccountsHost.RefusalAsync(await EnrolAsync(welder, passkey)));
        Assert.Equal("PasskeyRefused", await AccountsHost.RefusalAsync(await EnrolAsync(welder, careless)));
    }

    [Fact]
    public async Task Who_has_no_passkey_is_told_so()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        Assert.Equal("PasskeyMissing", await AccountsHost.RefusalAsync(await welder.PostAsync("/api/v1/me/proof/passkey/question", null)));
    }
}
