using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Messages to the world outside, newest first, and how many are in which state.</summary>
internal sealed class ListMessages(AnlanDb db, MessageBox box, IPeople people, IEnumerable<IMessageGateway> gateways, MessageSender sender, PeopleSeen seen)
{
    /// <param name="Id">The message.</param>
    /// <param name="At">When it was asked for.</param>
    /// <param name="Channel">By which way.</param>
    /// <param name="Address">Masked.</param>
    /// <param name="Cause">Key of the cause.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Person">Who gets it, when that is a person of the register.</param>
    /// <param name="State"><c>waiting</c>, <c>noGateway</c>, <c>sent</c>, <c>dead</c>, <c>expired</c> or <c>cancelled</c>.</param>
    /// <param name="Attempts">How often it was handed over.</param>
    /// <param name="NextAttemptAt">When it is tried again at the earliest.</param>
    /// <param name="ExpiresAt">Not sent from then on.</param>
    /// <param name="EndedAt">When it left or ended otherwise.</param>
    public sealed record Row(
        Guid Id, DateTimeOffset At, MessageChannel Channel, string Address, string Cause, string Subject, Guid? Person, string State, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt);

    /// <summary>A gateway: where it sends, null when it is not configured; until when it pauses after it could not be reached.</summary>
    public sealed record Gateway(MessageChannel Channel, string? Place, DateTimeOffset? PausedUntil);

    /// <param name="Items">The rows of this page.</param>
    /// <param name="Total">All that match.</param>
    /// <param name="Counts">How many match the search in each state.</param>
    /// <param name="Gateways">The gateways.</param>
    public sealed record Listed(IReadOnlyList<Row> Items, int Total, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<Gateway> Gateways);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/messages", (string? search, string? state, MessageChannel? channel, ListMessages slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size), new MessageFilter(search, state, channel), stop))
            .RequirePermission(MessagesPermissions.View).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Messages").WithSummary("Messages to people outside, newest first; search by a whole telephone number or address, state, channel");

    public async Task<Listed> RunAsync(PageRequest request, MessageFilter filter, CancellationToken stop)
    {
        var served = MessageFilter.Served(gateways);
        var messages = await filter.OfAsync(db, box, people, served, stop);
        var total = await messages.CountAsync(stop);
        var found = await messages.OrderByDescending(m => m.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(MessageViews.List, found.Select(m => m.Person).OfType<Guid>());
        return new Listed([.. found.Select(m => Read(m, served))], total, await CountAsync(filter, served, stop), [.. gateways.Select(gateway => new Gateway(gateway.Channel, gateway.Place, sender.PausedUntil(gateway.Channel)))]);
    }

    private async Task<IReadOnlyDictionary<string, int>> CountAsync(MessageFilter filter, IReadOnlyList<MessageChannel> served, CancellationToken stop)
    {
        var groups = await (await filter.OfSearchAsync(db, box, people, stop)).GroupBy(m => new { m.State, m.Channel }).Select(group => new { group.Key.State, group.Key.Channel, Count = group.Count() }).ToListAsync(stop);
        return MessageFilter.States.ToDictionary(
            state => state, state => groups.Where(group => (group.State == MessageState.Waiting && !served.Contains(group.Channel) ? MessageFilter.NoGateway : group.State.ToString().ToLowerInvariant()) == state).Sum(group => group.Count));
    }

    private Row Read(OutgoingMessage message, IReadOnlyList<MessageChannel> served) => new(
        message.Id, message.MadeAt, message.Channel, MessageAddress.Mask(box.Open(message).Address), message.Cause, message.Subject, message.Person, MessageFilter.StateOf(message, served), message.Attempts,
        message.State == MessageState.Waiting && served.Contains(message.Channel) ? message.NotBefore : null, message.ExpiresAt, message.EndedAt);
}
