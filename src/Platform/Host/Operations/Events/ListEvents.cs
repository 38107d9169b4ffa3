using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations.Events;

/// <summary>Events that have not reached all their subscribers: the ones put aside after too many attempts, and the ones still waiting.</summary>
internal sealed class ListEvents(AnlanDb db)
{
    /// <summary>State of an event that was put aside.</summary>
    public const string Dead = "dead";

    /// <summary>State of an event that is still tried.</summary>
    public const string Waiting = "waiting";

    /// <param name="Seq">Number in the outbox.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="Type">Name of the event.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="State"><c>dead</c> or <c>waiting</c>.</param>
    /// <param name="Attempts">Failed attempts so far.</param>
    /// <param name="NextAttemptAt">When it is tried again; null when it is put aside.</param>
    /// <param name="LastError">What the last attempt said, in English.</param>
    /// <param name="TakenBy">Subscribers that have it.</param>
    /// <param name="Payload">The event; ids and codes only.</param>
    public sealed record Row(
        long Seq, DateTimeOffset At, string Type, string Subject, string State, int Attempts, DateTimeOffset? NextAttemptAt, string? LastError, IReadOnlyList<string> TakenBy, string Payload);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", (string? state, string? search, ListEvents slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(state, new PageRequest(page, size, search), stop))
            .RequirePermission(OperationsPermissions.View).Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Events that wait or were put aside, oldest first; state dead or waiting, search by name and subject");

    public async Task<Page<Row>> RunAsync(string? state, PageRequest request, CancellationToken stop)
    {
        var messages = db.Set<OutboxMessage>().AsNoTracking();
        if (state == Dead) messages = messages.Where(m => m.DeadAt != null);
        if (state == Waiting) messages = messages.Where(m => m.DeadAt == null);
        if (request.Term is { } term) messages = messages.Where(m => m.Type.Contains(term) || m.Subject.Contains(term));
        var total = await messages.CountAsync(stop);
        var found = await messages.OrderBy(m => m.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        var ids = found.ConvertAll(m => m.EventId);
        var takings = (await db.Set<OutboxTaking>().AsNoTracking().Where(t => ids.Contains(t.EventId)).ToListAsync(stop)).ToLookup(t => t.EventId, t => Short(t.Subscriber));
        return new Page<Row>([.. found.Select(m => Read(m, [.. takings[m.EventId].Order(StringComparer.Ordinal)]))], total);
    }

    private static Row Read(OutboxMessage message, IReadOnlyList<string> takenBy) => new(
        message.Seq, message.At, Short(message.Type), message.Subject, message.DeadAt is null ? Waiting : Dead, message.Attempts, message.DeadAt is null ? message.NotBefore : null, message.LastError,
        takenBy, message.Payload);

    private static string Short(string name) => name[(name.LastIndexOf('.') + 1)..];
}
