using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Retention;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Problems;

/// <summary>What the problem metrics add to the module.</summary>
internal static class ProblemServices
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddProblemSlices();
        services.AddHostedService<MonthTurn>();
        services.AddSingleton<IProjection, IncidentProjection>();
        services.AddRetention<MachineIncident>("incidents", null, i => i.At, (_, incidents, held) =>
        {
            var enterprises = held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList();
            return incidents.Where(i => !enterprises.Contains(i.Enterprise));
        });
        services.AddRetention<MonthProblem>("monthProblems", null, p => p.TakenAt, (_, problems, held) =>
        {
            var enterprises = held.Enterprises.Select(enterprise => (EnterpriseId?)new EnterpriseId(enterprise)).ToList();
            return problems.Where(p => !enterprises.Contains(p.Enterprise));
        });
        return services;
    }

    public static IServiceCollection AddProblemSlices(this IServiceCollection services)
    {
        services.AddScoped<StandingProblems>();
        services.AddScoped<ProblemRows>();
        services.AddScoped<ShowProblems>();
        services.AddScoped<ListProblems>();
        services.AddScoped<ExportProblems>();
        return services;
    }

    public static void MapProblems(this IEndpointRouteBuilder api)
    {
        ShowProblems.Map(api);
        ListProblems.Map(api);
        ExportProblems.Map(api);
    }
}
