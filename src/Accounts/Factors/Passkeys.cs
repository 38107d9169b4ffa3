using Anlan.Accounts.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Anlan.Accounts.Factors;

/// <summary>A question to a passkey.</summary>
/// <param name="Challenge">Number under which the answer is awaited.</param>
/// <param name="Options">JSON for <c>navigator.credentials</c>.</param>
internal sealed record PasskeyQuestion(string Challenge, string Options);

/// <summary>Asks passkeys and judges their answers, with Identity's handler: signature, challenge, origin, server, user verification.</summary>
internal sealed class Passkeys(IPasskeyHandler<Account> handler, PasskeyTray tray, IHttpContextAccessor http)
{
    // About ten times what an answer without attestation takes.
    private const int LongestAnswer = 20_000;

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("Passkeys are asked by requests only.");

    /// <summary>Asks for a new passkey.</summary>
    public async Task<PasskeyQuestion> AskForNewAsync(Account account)
    {
        var name = account.UserName ?? "";
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = name, DisplayName = account.DisplayName ?? name }, Context);
        return new PasskeyQuestion(tray.Put(account.Id, ChallengeUse.Enrol, made.AttestationState!), made.CreationOptionsJson);
    }

    /// <summary>Asks one of the account's passkeys.</summary>
    public async Task<PasskeyQuestion> AskAsync(Account account, ChallengeUse use)
    {
        var made = await handler.MakeRequestOptionsAsync(account, Context);
        return new PasskeyQuestion(tray.Put(account.Id, use, made.AssertionState!), made.RequestOptionsJson);
    }

    /// <summary>The new passkey in an answer; null when the answer is to no question of ours or not in order.</summary>
    public async Task<UserPasskeyInfo?> ReadNewAsync(Account account, string? challenge, string? answer)
    {
        if (tray.Take(challenge, account.Id, ChallengeUse.Enrol) is not { } state || answer is not { Length: > 0 and <= LongestAnswer }) return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = Context, CredentialJson = answer, AttestationState = state });
        return result.Succeeded && result.Passkey.IsUserVerified ? result.Passkey : null;
    }

    /// <summary>The account's passkey that answered, with its new count; null when nobody of ours did.</summary>
    public async Task<UserPasskeyInfo?> ReadAsync(Account account, ChallengeUse use, string? challenge, string? answer)
    {
        if (tray.Take(challenge, account.Id, use) is not { } state || answer is not { Length: > 0 and <= LongestAnswer }) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = Context, CredentialJson = answer, AssertionState = state });
        return result.Succeeded && result.User.Id == account.Id ? result.Passkey : null;
    }
}
