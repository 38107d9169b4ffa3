using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.WorkingDays;

/// <summary>The contents page of the calendar of working days: a year on screen, terms worked out, files imported.</summary>
public sealed class WorkingDaysModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ShowWorkYear>();
        services.AddSingleton<CountWorkingDays>();
        services.AddScoped<ImportWorkDays>();
        services.AddDeskTasks<UnknownYearTasks>(WorkingDaysPermissions.Import);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ShowWorkYear.Map(api);
        CountWorkingDays.Map(api);
        ImportWorkDays.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(WorkingDaysPermissions.View, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [.. RoleNames.Administrators, .. RoleNames.Organs, .. RoleNames.Enterprises]),
        new(WorkingDaysPermissions.Import, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/working-days", "Menu.WorkingDays", typeof(Words), "cal", WorkingDaysPermissions.View, 510)];
}
