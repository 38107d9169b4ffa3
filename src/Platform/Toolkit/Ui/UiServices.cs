using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>Registers what the shared components need.</summary>
public static class UiServices
{
    /// <summary>Adds map, live feed and the search for words.</summary>
    public static IServiceCollection AddAnlanUi(this IServiceCollection services)
    {
        services.AddSingleton<CityMap>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<RefusalWords>();
        return services;
    }
}
