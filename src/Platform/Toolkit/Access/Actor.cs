using System.Security.Claims;

namespace Anlan.Toolkit.Access;

/// <summary>Who acts: an account in its one role, and the organ, enterprise or person it stands for.</summary>
/// <param name="Account">The account.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Role">Code of its role; empty for the platform itself, which asks nobody.</param>
/// <param name="Enterprise">The one enterprise that the account belongs to, or null for organs.</param>
/// <param name="Person">The person behind the account, for welders.</param>
/// <param name="Organ">The organ in whose name the account acts, or null.</param>
public sealed record Actor(Guid Account, string Name, string Role, Guid? Enterprise, Guid? Person, Guid? Organ = null)
{
    /// <summary>Claim type of the organ.</summary>
    public const string OrganClaim = "anlan:organ";

    /// <summary>Claim type of the enterprise.</summary>
    public const string EnterpriseClaim = "anlan:enterprise";

    /// <summary>Claim type of the person.</summary>
    public const string PersonClaim = "anlan:person";

    /// <summary>Claim type of the API key.</summary>
    public const string KeyClaim = "anlan:key";

    /// <summary>The API key with which a program acts for the account, or null for a person who signed in.</summary>
    public Guid? Key { get; init; }

    /// <summary>The account whose handed-on permission this action uses, or null.</summary>
    public Guid? OnBehalfOf { get; init; }

    /// <summary>The platform itself: projections, schedulers, automatic revocations.</summary>
    public static Actor System { get; } = new(Guid.Empty, "system", "", null, null);

    /// <summary>True when acting in this role.</summary>
    public bool Is(string role) => Role == role;

    /// <summary>The actor behind a signed-in principal, or null.</summary>
    public static Actor? From(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true) return null;
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account)) return null;
        return new Actor(account, principal.Identity.Name ?? "", principal.FindFirstValue(ClaimTypes.Role) ?? "",
            Read(principal, EnterpriseClaim), Read(principal, PersonClaim), Read(principal, OrganClaim))
        { Key = Read(principal, KeyClaim) };
    }

    private static Guid? Read(ClaimsPrincipal principal, string claim) => Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}

/// <summary>The actor of this scope: set once per HTTP request or page action, read by slices and the audit.</summary>
public sealed class CurrentActor
{
    private Actor? _actor;

    /// <summary>The actor; asking in a scope that nobody signed into is a bug.</summary>
    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("Nobody acts in this scope.");
        set => _actor = value;
    }

    /// <summary>The actor, or null when nobody is signed in.</summary>
    public Actor? OrNull => _actor;
}
