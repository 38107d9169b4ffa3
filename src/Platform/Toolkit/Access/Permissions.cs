using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Access;

/// <summary>A permission and the roles that hold it.</summary>
/// <param name="Permission">For example <c>welding.operate</c>.</param>
/// <param name="Roles">Role names.</param>
public sealed record PermissionGrant(string Permission, params IReadOnlyList<string> Roles);

/// <summary>Which role may do what, from all modules.</summary>
public sealed class PermissionTable
{
    private readonly Dictionary<string, HashSet<string>> _rolesByPermission = new(StringComparer.Ordinal);

    /// <summary>Builds the table.</summary>
    public PermissionTable(IEnumerable<PermissionGrant> grants)
    {
        foreach (var grant in grants)
        {
            if (!_rolesByPermission.TryGetValue(grant.Permission, out var roles)) _rolesByPermission[grant.Permission] = roles = new(StringComparer.Ordinal);
            roles.UnionWith(grant.Roles);
        }
    }

    /// <summary>True when one of the roles holds the permission. An unknown permission is held by nobody.</summary>
    public bool IsHeld(string permission, IEnumerable<string> roles) =>
        _rolesByPermission.TryGetValue(permission, out var holders) && roles.Any(holders.Contains);
}

/// <summary>Asks for one permission.</summary>
/// <param name="Permission">The permission.</param>
public sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(PermissionTable table) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (Actor.From(context.User) is { } actor && table.IsHeld(requirement.Permission, actor.Roles)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Makes a policy of every permission name, so that pages write <c>[Authorize(Policy = "permission:welding.operate")]</c>.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, AuthorizationPolicy> _policies = new(StringComparer.Ordinal);

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

    /// <summary>Lets only holders of the permission through.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(PolicyPrefix + permission);
}
