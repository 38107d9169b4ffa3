using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Toolkit.Access;

/// <summary>
/// Which permission a slice asks for, read from its own route: a page that stays open for hours runs slices without passing a door, and a permission
/// withdrawn or handed on meanwhile must count there too.
/// </summary>
/// <param name="endpoints">The routes.</param>
/// <param name="permissions">Who holds what.</param>
public sealed class SlicePermissions(EndpointDataSource endpoints, IPermissions permissions)
{
    private readonly ConcurrentDictionary<Type, IReadOnlyList<string>> _bySlice = new();

    /// <summary>The actor as it may run the slice; null when it may not. A slice without a route of its own is judged by the page that runs it.</summary>
    public Actor? Admit(Type slice, Actor actor)
    {
        var asked = _bySlice.GetOrAdd(slice, Find);
        if (asked.Count == 0) return actor;
        foreach (var permission in asked)
        {
            if (permissions.IsHeld(permission, actor)) return permissions.HandedBy(permission, actor) is { } holder ? actor with { OnBehalfOf = holder } : actor;
        }

        return null;
    }

    private List<string> Find(Type slice) =>
    [
        .. endpoints.Endpoints.Where(route => route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter => parameter.ParameterType == slice) == true)
            .SelectMany(route => route.Metadata.GetOrderedMetadata<IAuthorizeData>()).Select(asked => asked.Policy)
            .Where(policy => policy?.StartsWith(PermissionExtensions.PolicyPrefix, StringComparison.Ordinal) == true).Select(policy => policy![PermissionExtensions.PolicyPrefix.Length..]).Distinct(),
    ];
}
