using Microsoft.AspNetCore.Builder;

namespace Anlan.Toolkit.Http;

/// <summary>A request that pages make without anybody doing anything: it does not count as use of a session, or an open page would keep it for ever.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksByItselfAttribute : Attribute;

/// <summary>The declaration on routes.</summary>
public static class RoutesAskedByPages
{
    /// <summary>Declares that pages ask this by themselves.</summary>
    public static TBuilder AsksByItself<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AsksByItselfAttribute());
}
