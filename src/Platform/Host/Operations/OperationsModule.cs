using Anlan.Contracts.Accounts;
using Anlan.Host.Operations.Backups;
using Anlan.Host.Operations.Events;
using Anlan.Host.Operations.Evidence;
using Anlan.Host.Operations.Figures;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Operations;

/// <summary>The contents page of what administrators see of the running system itself.</summary>
public sealed class OperationsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ListEvents>();
        services.AddScoped<ExportEvents>();
        services.AddScoped<ResendEvents>();
        services.AddDeskTasks<DeadEventTasks>(OperationsPermissions.Act);
        services.AddOptions<OperationsOptions>().Bind(configuration.GetSection("Anlan:Operations")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSystemFigures();
        services.AddSingleton(new AskedQuestions(FigureLimits.Asked));
        services.AddSingleton<FigureLimits>();
        services.AddSingleton<FigureBoard>();
        services.AddAlarmWatch<FigureWatch>();
        services.AddSingleton<FiguresJob>();
        services.AddScoped<ShowFigures>();
        services.AddDeskTasks<FigureAlarmTasks>(OperationsPermissions.View);
        AddEvidence(services);
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection("Anlan:Backup")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BackupJob>();
        services.AddScoped<ListBackups>();
        services.AddScoped<ExportBackups>();
        services.AddScoped<BackUpNow>();
        services.AddDeskTasks<BackupTasks>(OperationsPermissions.Act);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListEvents.Map(api);
        ExportEvents.Map(api);
        ResendEvents.Map(api);
        ShowFigures.Map(api);
        MapEvidence(api);
        ListBackups.Map(api);
        ExportBackups.Map(api);
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
        new(MenuGroup.Base, "/operations", "Menu.Operations", typeof(Words), "chart", OperationsPermissions.View, 890),
        new(MenuGroup.Base, "/events", "Menu.Events", typeof(Words), "bell", OperationsPermissions.View, 900),
        new(MenuGroup.Base, "/evidence", "Menu.Evidence", typeof(Words), "hash", OperationsPermissions.View, 910),
        new(MenuGroup.Base, "/backups", "Menu.Backups", typeof(Words), "doc", OperationsPermissions.View, 920),
    ];

    internal static void AddEvidence(IServiceCollection services)
    {
        services.AddScoped<TakeInHead>();
        services.AddScoped<ShowEvidence>();
        services.AddScoped<NoteFork>();
        services.AddDeskTasks<EvidenceTasks>(OperationsPermissions.Act);
    }

    internal static void MapEvidence(IEndpointRouteBuilder api)
    {
        TakeInHead.Map(api);
        ShowEvidence.Map(api);
        NoteFork.Map(api);
    }
}
