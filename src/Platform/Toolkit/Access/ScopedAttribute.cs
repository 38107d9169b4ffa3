using Microsoft.AspNetCore.Builder;

namespace Anlan.Toolkit.Access;

/// <summary>Who reaches an entity's records, or what a route or page shows and changes.</summary>
public enum ScopedBy
{
    /// <summary>Records of enterprises, people, places and organs: only those within the actor's <see cref="Kernel.Scopes.Scope"/>.</summary>
    Records,

    /// <summary>The actor's own account and nothing else.</summary>
    Own,

    /// <summary>The installation itself: whoever runs it, by a permission that nobody else holds.</summary>
    Installation,

    /// <summary>What is nobody's and open to all who may come in: rules, divisions, the calendar, the door itself.</summary>
    Everybody,
}

/// <summary>Declares the scope of an entity, a route or a page. Without it the tests fail, so that nobody adds a list that was never thought through.</summary>
/// <param name="by">The scope.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScopedAttribute(ScopedBy by) : Attribute
{
    /// <summary>The scope.</summary>
    public ScopedBy By => by;
}

/// <summary>The declaration on routes.</summary>
public static class ScopedRoutes
{
    /// <summary>Declares what the route shows and changes.</summary>
    public static TBuilder Scoped<TBuilder>(this TBuilder route, ScopedBy by) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ScopedAttribute(by));
}
