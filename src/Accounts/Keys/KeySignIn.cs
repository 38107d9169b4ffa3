using System.Security.Claims;
using System.Text.Encodings.Web;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Keys;

/// <summary>
/// Lets a program in with a key instead of a cookie, as the key's account. From memory; revoking the key or disabling the account counts with the next request.
/// Wrong keys are braked like wrong passwords.
/// </summary>
internal sealed class KeySignIn(
    KeyIndex keys, AccountIndex accounts, KeyUses uses, PersonalFields fields, FailureBrake brake, CityCalendar calendar, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "anlan-key";

    private const string Bearer = "Bearer ";

    /// <summary>The scheme for a request that brings a key to the API, or null for the cookie.</summary>
    public static string? Choose(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } sent] && sent.StartsWith(Bearer + ApiKeys.Prefix, StringComparison.OrdinalIgnoreCase) && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? SchemeName : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var from = Context.Connection.RemoteIpAddress;
        if (brake.IsOn(from)) return AuthenticateResult.Fail("TooManyFailures");
        var sent = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        var key = ApiKeys.IsKey(sent) ? keys.FindByHash(ApiKeys.Hash(fields, sent)) : null;
        if (key is null)
        {
            brake.Fail(from);
            return AuthenticateResult.Fail("KeyInvalid");
        }

        if (accounts.Find(key.Account) is not { IsDisabled: false } account || !key.IsInForceOn(calendar.Today) || !key.IsTakenFrom(from))
        {
            brake.Fail(from);
            await uses.RefuseAsync(key, Context.RequestAborted);
            return AuthenticateResult.Fail("KeyInvalid");
        }

        await uses.NoteAsync(key, Context.RequestAborted);
        var principal = SessionCookie.PrincipalOf(account);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Actor.KeyClaim, key.Id.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return AccountAnswers.Problem(new Refusal(brake.IsOn(Context.Connection.RemoteIpAddress) ? "TooManyFailures" : "KeyInvalid")).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccountAnswers.Problem(new Refusal("Forbidden")).ExecuteAsync(Context);
}
