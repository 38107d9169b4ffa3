using Anlan.Contracts.Accounts;
using Anlan.Host.Privacy.Access;
using Anlan.Host.Privacy.Keys;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Security;

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
        services.AddScoped<ListKeys>();
        services.AddScoped<RotateKey>();
        services.AddScoped<DestroyKey>();
        services.AddHostedService(provider => provider.GetRequiredService<ResealJob>());
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListAccess.Map(api);
        ExportAccess.Map(api);
        ListOwnAccess.Map(api);
        ListKeys.Map(api);
        RotateKey.Map(api);
        DestroyKey.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<PermissionGrant> Permissions =>
    [
        new(PrivacyPermissions.ViewAccess, RoleNames.Administrator),
        new(PrivacyPermissions.ViewKeys, RoleNames.Administrator),
        new(PrivacyPermissions.RotateKeys, RoleNames.Administrator),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/access", "Menu.Access", typeof(Words), "eye", PrivacyPermissions.ViewAccess, 800),
        new(MenuGroup.Base, "/personal-keys", "Menu.Keys", typeof(Words), "lock", PrivacyPermissions.ViewKeys, 860),
    ];
}
