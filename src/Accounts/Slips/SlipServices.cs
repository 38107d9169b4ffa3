using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts.Slips;

/// <summary>Registers slips for many.</summary>
internal static class SlipServices
{
    public static IServiceCollection AddSlips(this IServiceCollection services) => services.AddSingleton<SlipSheets>().AddScoped<InviteMany>();

    public static void MapSlips(this IEndpointRouteBuilder api) => InviteMany.Map(api);
}
