using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Webhooks;

/// <summary>The contents page of what other systems are told.</summary>
public sealed class WebhooksModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection(WebhooksOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddEntityIndex<WebhookIndex>();
        services.AddSingleton<WebhookTypes>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
        services.AddScoped<WebhookRows>();
        services.AddScoped<ListWebhooks>();
        services.AddScoped<EnterWebhook>();
        services.AddScoped<PauseWebhook>();
        services.AddScoped<TryWebhook>();
        services.AddScoped<DeadLetters>();
        services.AddDeskTasks<WebhookTasks>(WebhooksPermissions.Edit);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListWebhooks.Map(api);
        EnterWebhook.Map(api);
        PauseWebhook.Map(api);
        TryWebhook.Map(api);
        DeadLetters.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(WebhooksPermissions.View, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]),
        new(WebhooksPermissions.Edit, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/webhooks", "Menu.Webhooks", typeof(Words), "plug", WebhooksPermissions.View, 825)];
}
