using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Access;

/// <summary>Sets the scope's actor from the signed-in principal.</summary>
public static class CurrentActorMiddleware
{
    /// <summary>After authentication, before authorization, which asks what this actor may do.</summary>
    public static IApplicationBuilder UseCurrentActor(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Actor.From(context.User) is { } actor) context.RequestServices.GetRequiredService<CurrentActor>().Actor = actor;
        return next(context);
    });
}
