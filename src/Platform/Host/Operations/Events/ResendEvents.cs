using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations.Events;

/// <summary>Sends events again that were put aside; subscribers that have taken one are not asked a second time.</summary>
internal sealed class ResendEvents(AnlanDb db, TimeProvider clock)
{
    /// <param name="Count">How many are on their way again.</param>
    public sealed record Resent(int Count);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/events/{seq:long}/resend", (long seq, ResendEvents slice, CancellationToken stop) => slice.RunAsync(seq, stop).ToHttpAsync())
            .RequirePermission(OperationsPermissions.Act).Produces<Resent>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Send one event again that was put aside");
        api.MapPost("/events/resend", (ResendEvents slice, CancellationToken stop) => slice.RunAsync(null, stop).ToHttpAsync())
            .RequirePermission(OperationsPermissions.Act).Produces<Resent>().Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Send all events again that were put aside");
    }

    /// <param name="seq">One, or null for all.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Resent>> RunAsync(long? seq, CancellationToken stop)
    {
        var dead = await db.Set<OutboxMessage>().Where(m => m.DeadAt != null && (seq == null || m.Seq == seq)).ToListAsync(stop);
        if (seq is not null && dead.Count == 0) return new Refusal("EventUnknown");
        foreach (var message in dead)
        {
            (message.DeadAt, message.Attempts, message.NotBefore) = (null, 0, clock.GetUtcNow());
            db.Audit("operations.event.resent", $"event/{message.EventId}", new { message.Type });
        }

        await db.SaveAsync(stop);
        return new Resent(dead.Count);
    }
}
