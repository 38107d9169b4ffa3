using Anlan.Contracts.Accounts;
using Anlan.Contracts.Messages;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Messages;

/// <summary>The contents page of messages to the world outside.</summary>
public sealed class MessagesModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddOutgoingMessages(configuration);
        services.AddHostedService(provider => provider.GetRequiredService<MessageSender>());
        services.AddScoped<IMessages, SendMessage>();
        services.AddScoped<ListMessages>();
        services.AddScoped<ExportMessages>();
        services.AddScoped<ShowMessage>();
        services.AddScoped<RevealMessage>();
        services.AddScoped<ResendMessages>();
        services.AddScoped<CancelMessage>();
        services.AddScoped<TryGateway>();
        services.AddDeskTasks<DeadMessageTasks>(MessagesPermissions.Act);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListMessages.Map(api);
        ExportMessages.Map(api);
        ShowMessage.Map(api);
        RevealMessage.Map(api);
        ResendMessages.Map(api);
        CancelMessage.Map(api);
        TryGateway.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<PermissionGrant> Permissions =>
        [new(MessagesPermissions.View, RoleNames.Administrator), new(MessagesPermissions.Act, RoleNames.Administrator), new(MessagesPermissions.Reveal, RoleNames.Administrator)];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/messages", "Menu.Messages", typeof(Words), "sound", MessagesPermissions.View, 820)];
}
