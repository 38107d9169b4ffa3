using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Training.Expiries;

/// <summary>Registers the calendar of expiries.</summary>
internal static class ExpiryServices
{
    public static IServiceCollection AddExpiries(this IServiceCollection services) => services.AddScoped<ShowExpiries>();

    public static void MapExpiries(this IEndpointRouteBuilder api) => ShowExpiries.Map(api);
}
