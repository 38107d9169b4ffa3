using System.Security.Claims;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Sessions;

/// <summary>The one cookie of pages and API, and the claims in it.</summary>
internal static class SessionCookie
{
    /// <summary>Name of the scheme and of the cookie.</summary>
    public const string Scheme = "anlan";

    /// <summary>Claim with the security stamp of the moment of sign-in.</summary>
    public const string StampClaim = "anlan:stamp";

    public static ClaimsPrincipal PrincipalOf(AccountFacts account)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, account.Id.ToString()),
            new(ClaimTypes.Name, account.UserName),
            new(ClaimTypes.Role, account.Role),
            new(StampClaim, account.Stamp),
        ];
        if (account.Organ is { } organ) claims.Add(new Claim(Actor.OrganClaim, organ.Value.ToString()));
        if (account.Enterprise is { } enterprise) claims.Add(new Claim(Actor.EnterpriseClaim, enterprise.Value.ToString()));
        if (account.Person is { } person) claims.Add(new Claim(Actor.PersonClaim, person.Value.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, ClaimTypes.Name, ClaimTypes.Role));
    }

    /// <summary>The account behind the principal if it is still in force.</summary>
    public static AccountFacts? FindInForce(this AccountIndex index, ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? index.FindInForce(id, principal?.FindFirstValue(StampClaim)) : null;

    /// <summary>Sets the cookie. A welder's phone stays signed in, because each start asks for the PIN; a desk browser forgets when closed.</summary>
    public static Task GiveAsync(HttpContext http, AccountFacts account)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<AccountsOptions>>().Value;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var isPhone = account.Role is RoleNames.Welder or RoleNames.Installer;
        var properties = new AuthenticationProperties { IsPersistent = isPhone, IssuedUtc = clock.GetUtcNow(), ExpiresUtc = clock.GetUtcNow() + (isPhone ? options.PhoneSession : options.DeskSession) };
        return http.SignInAsync(Scheme, PrincipalOf(account), properties);
    }

    /// <summary>Takes the cookie back.</summary>
    public static Task TakeAsync(HttpContext http) => http.SignOutAsync(Scheme);
}
