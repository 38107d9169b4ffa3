using Microsoft.AspNetCore.Builder;

namespace Anlan.Toolkit.Personal;

/// <summary>
/// Declares that a route, a page or a part of a page shows data of people, be it masked. What was shown is then recorded (<see cref="PeopleSeen"/>);
/// whatever shows people without the declaration fails instead of answering.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsPeopleAttribute : Attribute;

/// <summary>The declaration on routes.</summary>
public static class ShowsPeopleRoutes
{
    /// <summary>Declares that the route shows data of people.</summary>
    public static TBuilder ShowsPeople<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ShowsPeopleAttribute());
}
