using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Access;

/// <summary>Whom an account stands for: what it may see follows from it, and which permissions its role may hold.</summary>
[Flags]
public enum Standing
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>The installation itself.</summary>
    Installation = 1,

    /// <summary>An organ that supervises.</summary>
    Organ = 2,

    /// <summary>One enterprise.</summary>
    Enterprise = 4,

    /// <summary>One person.</summary>
    Person = 8,

    /// <summary>Whoever comes: such roles have no accounts.</summary>
    Public = 16,
}

/// <summary>
/// The three administrations that are kept apart (GB/T 22239-2019, 8.1.5: system, audit and security management): no role holds permissions of two of them.
/// </summary>
public enum Duty
{
    /// <summary>No administration.</summary>
    None,

    /// <summary>The installation: organs, settings, calendar, events.</summary>
    System,

    /// <summary>Accounts, roles, keys, resets.</summary>
    Security,

    /// <summary>Reads what the others did; changes nothing.</summary>
    Audit,
}

/// <summary>
/// One thing that a role may let one do. Its module names it in its words: <c>Permission.{Key}</c> is the title, <c>Permission.{Key}.Text</c> a sentence of what it lets one do.
/// </summary>
/// <param name="Key">For example <c>welding.operate</c>; what stands before the first point groups them, in words <c>PermissionGroup.{…}</c>.</param>
/// <param name="Words">The resource class of the words.</param>
/// <param name="HeldBy">Which standings may hold it.</param>
/// <param name="ByDefault">Codes of the built-in roles that hold it until an office decides otherwise.</param>
public sealed record Permission(string Key, Type Words, Standing HeldBy, params IReadOnlyList<string> ByDefault)
{
    /// <summary>The administration that it belongs to.</summary>
    public Duty Duty { get; init; }

    /// <summary>The administration that it belongs to in a role of the installation itself, where other standings hold it without any.</summary>
    public Duty AtInstallation { get; init; }

    /// <summary>The administration that it belongs to in a role of a standing.</summary>
    public Duty DutyFor(Standing standing) => standing == Standing.Installation && AtInstallation != Duty.None ? AtInstallation : Duty;

    /// <summary>True for what one does only oneself: neither handed on nor given to a key.</summary>
    public bool InPerson { get; init; }

    /// <summary>True when a holder may hand it on for a time. Administration never is.</summary>
    public bool CanBeDelegated => !InPerson && Duty == Duty.None && AtInstallation == Duty.None;

    /// <summary>True when a key may carry it. Keys administer no accounts.</summary>
    public bool CanBeKeyed => !InPerson && Duty != Duty.Security;

    /// <summary>The group: what stands before the first point.</summary>
    public string Group => Key[..Key.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>
/// Says what an actor may do at this moment. There is one in an installation, kept by Accounts: from memory, because every request asks, and what is unknown
/// is not allowed.
/// </summary>
public interface IPermissions
{
    /// <summary>True when the actor holds the permission. Nobody holds one that is unknown, nor does an unknown role hold any.</summary>
    bool IsHeld(string permission, Actor actor);

    /// <summary>The account that handed the permission to the actor; null when the actor's own role holds it, or nobody gave it.</summary>
    Guid? HandedBy(string permission, Actor actor);
}

/// <summary>Asks for one permission.</summary>
/// <param name="Permission">The permission.</param>
public sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(IPermissions permissions) : AuthorizationHandler<PermissionRequirement>
{
    // A request has read its actor already; what an open page asks brings its own.
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var current = (context.Resource as HttpContext)?.RequestServices.GetService<CurrentActor>();
        if ((current?.OrNull ?? Actor.From(context.User)) is not { } actor || !permissions.IsHeld(requirement.Permission, actor)) return Task.CompletedTask;
        if (current?.OrNull is not null && permissions.HandedBy(requirement.Permission, actor) is { } holder) current.Actor = actor with { OnBehalfOf = holder };
        context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Makes a policy of every permission name, so that pages write <c>[Authorize(Policy = "permission:welding.operate")]</c>.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, AuthorizationPolicy> _policies = new(StringComparer.Ordinal);

    // A policy follows from its name alone: a route's policies are put together once, not with every request.
    public override bool AllowsCachingPolicies => true;

    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        policyName.StartsWith(PermissionExtensions.PolicyPrefix, StringComparison.Ordinal)
            ? _policies.GetOrAdd(policyName, name => new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
                .AddRequirements(new PermissionRequirement(name[PermissionExtensions.PolicyPrefix.Length..])).Build())
            : await base.GetPolicyAsync(policyName);
}

/// <summary>Permission on routes.</summary>
public static class PermissionExtensions
{
    /// <summary>Prefix of policy names that stand for a permission.</summary>
    public const string PolicyPrefix = "permission:";

    /// <summary>Policy for what a key opens without any permission: who one is, what everybody may know.</summary>
    public const string KeyPolicy = "anybody-or-key";

    /// <summary>Lets through whoever signed in and every key.</summary>
    public static TBuilder RequireAnybodyOrKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(KeyPolicy);

    /// <summary>Lets only holders of the permission through.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(PolicyPrefix + permission);
}
