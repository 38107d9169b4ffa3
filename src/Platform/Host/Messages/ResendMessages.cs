using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Sends messages again that were put aside, expired or called off, under the same id. What has been sent is not sent twice.</summary>
internal sealed class ResendMessages(AnlanDb db, TimeProvider clock)
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan AtLeast = TimeSpan.FromDays(1);

    /// <param name="Count">How many are on their way again.</param>
    public sealed record Resent(int Count);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/messages/{message:guid}/resend", (Guid message, ResendMessages slice, CancellationToken stop) => slice.RunAsync(message, stop).ToHttpAsync())
            .RequirePermission(MessagesPermissions.Act).Produces<Resent>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Messages").WithSummary("Send one message again; one that waits is tried now");
        api.MapPost("/messages/resend", (ResendMessages slice, CancellationToken stop) => slice.RunAsync(null, stop).ToHttpAsync())
            .RequirePermission(MessagesPermissions.Act).Produces<Resent>().Scoped(ScopedBy.Installation).WithTags("Messages").WithSummary("Send all messages again that were put aside, a thousand at a time");
    }

    /// <param name="id">One, or null for all that were put aside.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Resent>> RunAsync(Guid? id, CancellationToken stop)
    {
        var found = await db.Set<OutgoingMessage>().Where(m => id == null ? m.State == MessageState.Dead : m.Id == id).OrderBy(m => m.Id).Take(MostAtOnce).ToListAsync(stop);
        if (id is not null && found.Count == 0) return new Refusal("MessageUnknown");
        if (found.Exists(message => message.State == MessageState.Sent)) return new Refusal("MessageSentAlready");
        foreach (var message in found)
        {
            message.SendAgain(clock.GetUtcNow(), AtLeast);
            db.Audit("messages.resent", $"message/{message.Id}", new { message.Cause });
        }

        return await db.TrySaveAsync(stop) ? new Resent(found.Count) : new Refusal("ChangedMeanwhile");
    }
}
