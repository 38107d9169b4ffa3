using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding;

/// <summary>The contents page of Welding.</summary>
public sealed class WeldingModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<WeldingDb>();
        AddMachines(services);
        services.AddSingleton<OpenSessions>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }

    /// <inheritdoc />
    public IReadOnlyList<PermissionGrant> Permissions =>
    [
        new(WeldingPermissions.View, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager, RoleNames.Installer),
        new(WeldingPermissions.Register, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager),
        new(WeldingPermissions.Fit, RoleNames.Administrator, RoleNames.Bureau, RoleNames.Installer),
        new(WeldingPermissions.Control, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager),
        new(WeldingPermissions.Start, RoleNames.Welder),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [];

    private static void AddMachines(IServiceCollection services)
    {
        services.AddEntityIndex<MachineIndex>();
    }
}
