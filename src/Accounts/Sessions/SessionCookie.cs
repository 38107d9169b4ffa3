using System.Security.Claims;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts.Sessions;

/// <summary>The one cookie of pages and API, and the claims in it.</summary>
internal static class SessionCookie
{
    /// <summary>Name of the scheme and of the cookie.</summary>
    public const string Scheme = "anlan";

    /// <summary>Claim with the session's id: everything that can end it stands in its row.</summary>
    public const string SessionClaim = "anlan:session";

    public static ClaimsPrincipal PrincipalOf(AccountFacts account, Guid? session = null)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, account.Id.ToString()),
            new(ClaimTypes.Name, account.UserName),
            new(ClaimTypes.Role, account.Role),
        ];
        if (session is { } begun) claims.Add(new Claim(SessionClaim, begun.ToString()));
        if (account.Organ is { } organ) claims.Add(new Claim(Actor.OrganClaim, organ.Value.ToString()));
        if (account.Enterprise is { } enterprise) claims.Add(new Claim(Actor.EnterpriseClaim, enterprise.Value.ToString()));
        if (account.Person is { } person) claims.Add(new Claim(Actor.PersonClaim, person.Value.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, ClaimTypes.Name, ClaimTypes.Role));
    }

    /// <summary>Sets the cookie. A phone's outlives its browser, because each start asks for a proof; a desk browser forgets when closed.</summary>
    public static Task GiveAsync(HttpContext http, Entry.Open entry)
    {
        var properties = new AuthenticationProperties { IsPersistent = http.RequestServices.GetRequiredService<DoorRules>().IsOnPhone(entry.Account.Role), IssuedUtc = entry.BegunAt, ExpiresUtc = entry.EndsAt };
        return http.SignInAsync(Scheme, PrincipalOf(entry.Account, entry.Session), properties);
    }

    /// <summary>Takes the cookie back.</summary>
    public static Task TakeAsync(HttpContext http) => http.SignOutAsync(Scheme);
}
