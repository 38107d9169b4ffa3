using Anlan.Contracts.Accounts;
using Anlan.Host.Operations.Backups;
using Anlan.Host.Operations.Events;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Operations;

/// <summary>The contents page of what administrators see of the running system itself.</summary>
public sealed class OperationsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ListEvents>();
        services.AddScoped<ResendEvents>();
        services.AddDeskTasks<DeadEventTasks>(OperationsPermissions.Act);
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection("Anlan:Backup")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BackupJob>();
        services.AddHostedService(provider => provider.GetRequiredService<BackupJob>());
        services.AddScoped<ListBackups>();
        services.AddScoped<BackUpNow>();
        services.AddDeskTasks<BackupTasks>(OperationsPermissions.Act);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListEvents.Map(api);
        ResendEvents.Map(api);
        ListBackups.Map(api);
        BackUpNow.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(OperationsPermissions.View, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
        new(OperationsPermissions.Act, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/events", "Menu.Events", typeof(Words), "bell", OperationsPermissions.View, 900),
        new(MenuGroup.Base, "/backups", "Menu.Backups", typeof(Words), "doc", OperationsPermissions.View, 910),
    ];
}
