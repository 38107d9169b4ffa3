using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts.Factors;

namespace Anlan.Tests.Accounts.Factors;

/// <summary>Somebody's authenticator app, and how it is enrolled and used over the API.</summary>
internal sealed class AnAuthenticator(AccountsHost host, byte[] secret)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The codes that are told at enrolment.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private init; } = [];

    /// <summary>What the app shows now, or so many steps later.</summary>
    public string Code(int steps = 0) => Totp.CodeOf(secret, Totp.StepOf(host.Clock.GetUtcNow()) + steps);

    /// <summary>Enrols the first one right after the password; the browser is signed in afterwards.</summary>
    public static async Task<AnAuthenticator> EnrolAtSignInAsync(AccountsHost host, HttpClient browser)
    {
        var offer = await AccountsHost.JsonAsync(await browser.PostAsync("/api/v1/sign-in/enrolment/authenticator/offer", null));
        var app = new AnAuthenticator(host, Decode(offer.GetProperty("secret").GetString()!));
        var enrolled = await browser.PostAsJsonAsync("/api/v1/sign-in/enrolment/authenticator", new { offer = offer.GetProperty("offer").GetString(), code = app.Code(), name = "phone" });
        return await app.TakeAsync(enrolled);
    }

    /// <summary>Enrols a further one in a session.</summary>
    public static async Task<AnAuthenticator> EnrolAsync(AccountsHost host, HttpClient browser, string name = "second phone")
    {
        var offer = await AccountsHost.JsonAsync(await browser.PostAsync("/api/v1/me/authenticators/offer", null));
        var app = new AnAuthenticator(host, Decode(offer.GetProperty("secret").GetString()!));
        var enrolled = await browser.PostAsJsonAsync("/api/v1/me/authenticators", new { password = AccountsHost.Password, offer = offer.GetProperty("offer").GetString(), code = app.Code(), name });
        return await app.TakeAsync(enrolled);
    }

    /// <summary>Gives the second step.</summary>
    public static Task<HttpResponseMessage> GiveAsync(HttpClient browser, string code) => browser.PostAsJsonAsync("/api/v1/sign-in/code", new { code });

    private async Task<AnAuthenticator> TakeAsync(HttpResponseMessage enrolled)
    {
        Assert.True(enrolled.IsSuccessStatusCode, await enrolled.Content.ReadAsStringAsync());
        return new AnAuthenticator(host, secret) { RecoveryCodes = [.. (await AccountsHost.JsonAsync(enrolled)).GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)] };
    }

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
