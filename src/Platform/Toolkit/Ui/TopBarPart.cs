using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>A module's part of the bar above every desk page: the alarms with their bell.</summary>
/// <param name="Component">A component without parameters.</param>
/// <param name="Permission">Whoever lacks it does not see the part.</param>
public sealed record TopBarPart(Type Component, string Permission);

/// <summary>Registers parts.</summary>
public static class TopBarPartServices
{
    /// <summary>Offers a component to the bar.</summary>
    public static IServiceCollection AddTopBarPart<TComponent>(this IServiceCollection services, string permission) => services.AddSingleton(new TopBarPart(typeof(TComponent), permission));
}
