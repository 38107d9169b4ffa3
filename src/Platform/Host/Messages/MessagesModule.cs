using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;

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
        services.AddScoped<IPersonRecords, RecipientRecords>();
        services.AddRetention<OutgoingMessage>("messages", m => m.State != MessageState.Waiting, m => m.EndedAt!.Value, Free, RemoveAttemptsAsync);
        services.AddScoped<ListMessages>();
        services.AddScoped<ExportMessages>();
        services.AddScoped<ListAttempts>();
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
        ListAttempts.Map(api);
        RevealMessage.Map(api);
        ResendMessages.Map(api);
        CancelMessage.Map(api);
        TryGateway.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(MessagesPermissions.View, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]),
        new(MessagesPermissions.Act, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
        new(MessagesPermissions.Reveal, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System, InPerson = true },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/messages", "Menu.Messages", typeof(Words), "sound", MessagesPermissions.View, 820)];

    private static IQueryable<OutgoingMessage> Free(AnlanDb db, IQueryable<OutgoingMessage> messages, Held held) => messages.Where(m => m.Person == null || !held.People.Contains(m.Person.Value));

    private static async Task RemoveAttemptsAsync(AnlanDb db, List<OutgoingMessage> messages, CancellationToken stop)
    {
        var ids = messages.ConvertAll(m => m.Id);
        await db.Set<MessageAttempt>().Where(a => ids.Contains(a.Message)).ExecuteDeleteAsync(stop);
    }
}
