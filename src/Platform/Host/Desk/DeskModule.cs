using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;

namespace Anlan.Host.Desk;

/// <summary>The contents page of the desk: what needs whoever is signed in today.</summary>
public sealed class DeskModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<ShowDesk>();

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api) => ShowDesk.Map(api);

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
