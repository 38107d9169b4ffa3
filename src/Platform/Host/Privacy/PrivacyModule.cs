using Anlan.Contracts.Accounts;
using Anlan.Host.Privacy.Access;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;

namespace Anlan.Host.Privacy;

/// <summary>The contents page of what the platform owes the people whose data it keeps.</summary>
public sealed class PrivacyModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddScoped<ListAccess>();
        services.AddScoped<ExportAccess>();
        services.AddScoped<ListOwnAccess>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListAccess.Map(api);
        ExportAccess.Map(api);
        ListOwnAccess.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(PrivacyPermissions.ViewAccess, typeof(Words), Standing.Installation, [RoleNames.AuditAdministrator]) { Duty = Duty.Audit },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/access", "Menu.Access", typeof(Words), "eye", PrivacyPermissions.ViewAccess, 800)];
}
