using Anlan.Contracts.Accounts;
using Anlan.Host.Desk.Views;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Desk;

/// <summary>The contents page of the desk: what needs whoever is signed in today, and the views of lists that they keep.</summary>
public sealed class DeskModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ShowDesk>();
        services.AddScoped<ExportDesk>();
        services.AddScoped<ListViews>();
        services.AddScoped<KeepView>();
        services.AddScoped<ChangeView>();
        services.AddScoped<DropView>();
        services.AddListTool<SavedViewsTool>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ShowDesk.Map(api);
        ExportDesk.Map(api);
        ListViews.Map(api);
        KeepView.Map(api);
        ChangeView.Map(api);
        DropView.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(DeskPermissions.View, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [.. RoleNames.Administrators, .. RoleNames.Organs, .. RoleNames.Enterprises]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Desk, "/desk", "Menu.Desk", typeof(Words), "home", DeskPermissions.View, 0)];
}

internal static class DeskPermissions
{
    /// <summary>Have a desk.</summary>
    public const string View = "desk.view";
}
