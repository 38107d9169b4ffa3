using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Devices.Commands;
using Anlan.Devices.Presence;
using Anlan.Devices.Registry;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Devices;

/// <summary>The contents page of Devices.</summary>
public sealed class DevicesModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<DevicesDb>();
        services.AddEntityIndex<DeviceIndex>();
        services.AddSingleton<IDeviceAuthenticator>(provider => provider.GetRequiredService<DeviceIndex>());
        services.AddSingleton<DeviceStates>();
        services.AddSingleton<ILogObserver>(provider => provider.GetRequiredService<DeviceStates>());
        services.AddSingleton<ITelemetryObserver>(provider => provider.GetRequiredService<DeviceStates>());
        services.AddSingleton<ILogObserver, TellPages>();
        services.AddSingleton<IConnectionObserver, FoundDevices>();
        services.AddHostedService<LostDevices>();
        services.AddSingleton<IProjection, DeviceReportProjection>();
        services.AddSingleton<IStartUpStep, DeviceStateLoading>();
        services.AddSingleton<IDevices, DeviceRegistry>();
        services.AddSingleton<DeviceAnchors>();
        services.AddScoped<DeviceScope>();
        services.AddSingleton<IDeviceCommands, DeviceCommands>();
        services.AddScoped<RegisterChip>();
        services.AddScoped<ImportChips>();
        services.AddScoped<ReplaceChipSecret>();
        services.AddScoped<ListChips>();
        services.AddScoped<ListRejected>();
        services.AddScoped<ExportChips>();
        services.AddScoped<ExportRejected>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        RegisterChip.Map(api);
        ImportChips.Map(api);
        ReplaceChipSecret.Map(api);
        ListChips.Map(api);
        ListRejected.Map(api);
        ExportChips.Map(api);
        ExportRejected.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(DevicesPermissions.View, typeof(Words), Standing.Installation | Standing.Organ, [.. RoleNames.Bureaus, RoleNames.Installer, RoleNames.SystemAdministrator]),
        new(DevicesPermissions.Fit, typeof(Words), Standing.Organ, [.. RoleNames.Bureaus, RoleNames.Installer]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/chips", "Menu.Chips", typeof(Words), "plug", DevicesPermissions.View, 200)];
}
