using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Which messages are asked for.</summary>
/// <param name="Search">A whole telephone number or e-mail address, a whole identity number, or part of the cause or of what it is about.</param>
/// <param name="State">One state; <see cref="NoGateway"/> for those that wait for a gateway to be configured.</param>
/// <param name="Channel">One channel.</param>
internal sealed record MessageFilter(string? Search = null, string? State = null, MessageChannel? Channel = null)
{
    /// <summary>State of a message that waits although nobody would send it.</summary>
    public const string NoGateway = "noGateway";

    private const int IdentityLength = 18;

    /// <summary>States in the order of the strip, as the API says them.</summary>
    public static readonly IReadOnlyList<string> States = ["waiting", NoGateway, "dead", "sent", "expired", "cancelled"];

    /// <summary>The messages, in no order.</summary>
    public async Task<IQueryable<OutgoingMessage>> OfAsync(AnlanDb db, MessageBox box, IPeople people, IReadOnlyCollection<MessageChannel> served, CancellationToken stop)
    {
        var messages = await OfSearchAsync(db, box, people, stop);
        if (State == NoGateway) return messages.Where(m => m.State == MessageState.Waiting && !served.Contains(m.Channel));
        if (State == "waiting") return messages.Where(m => m.State == MessageState.Waiting && served.Contains(m.Channel));
        return Enum.TryParse<MessageState>(State, ignoreCase: true, out var state) ? messages.Where(m => m.State == state) : messages;
    }

    /// <summary>The messages in any state.</summary>
    public async Task<IQueryable<OutgoingMessage>> OfSearchAsync(AnlanDb db, MessageBox box, IPeople people, CancellationToken stop)
    {
        var messages = db.Set<OutgoingMessage>().AsNoTracking();
        if (Channel is { } channel) messages = messages.Where(m => m.Channel == channel);
        if (Search?.Trim() is not { Length: > 0 } term) return messages;
        if (term.Length == IdentityLength && await people.FindByIdentityNumberAsync(term, stop) is { } person)
        {
            var id = person.Value;
            return messages.Where(m => m.Person == id);
        }

        var indexes = box.IndexesOf(term);
        return messages.Where(m => indexes.Contains(m.AddressIndex) || m.Cause.Contains(term) || m.Subject.Contains(term));
    }

    /// <summary>A message's state as the API says it.</summary>
    public static string StateOf(OutgoingMessage message, IReadOnlyCollection<MessageChannel> served) =>
        message.State == MessageState.Waiting && !served.Contains(message.Channel) ? NoGateway : message.State.ToString().ToLowerInvariant();

    /// <summary>Channels that have a gateway.</summary>
    public static IReadOnlyList<MessageChannel> Served(IEnumerable<IMessageGateway> gateways) => [.. gateways.Where(gateway => gateway.Place is not null).Select(gateway => gateway.Channel)];
}
