using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Training.PublicChecks;

/// <summary>Registers what anybody may ask about certificates.</summary>
internal static class PublicCheckServices
{
    public static IServiceCollection AddPublicChecks(this IServiceCollection services) => services.AddSingleton<CheckBrake>().AddScoped<CheckCertificate>();

    public static void MapPublicChecks(this IEndpointRouteBuilder api) => CheckCertificate.Map(api);
}
