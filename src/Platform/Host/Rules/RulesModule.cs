using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;

namespace Anlan.Host.Rules;

/// <summary>The contents page of the rule book on screen: by which rules is judged.</summary>
public sealed class RulesModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        // The book does not change while the program runs.
        services.AddSingleton<ListRules>();
        services.AddSingleton<ListRuleChanges>();
        services.AddScoped<ExportRuleChanges>();
        services.AddSingleton<ShowRule>();
        services.AddScoped<ExportRules>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListRules.Map(api);
        ListRuleChanges.Map(api);
        ExportRuleChanges.Map(api);
        ExportRules.Map(api);
        ShowRule.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(RulesPermissions.View, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [.. RoleNames.Administrators, .. RoleNames.Organs, .. RoleNames.Enterprises]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/rules", "Menu.Rules", typeof(Words), "book", RulesPermissions.View, 500)];
}
