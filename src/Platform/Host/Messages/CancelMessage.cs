using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Calls a message off that has not left yet.</summary>
internal sealed class CancelMessage(AnlanDb db, TimeProvider clock)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/messages/{message:guid}/cancel", (Guid message, Request request, CancelMessage slice, CancellationToken stop) => slice.RunAsync(message, request, stop).ToHttpAsync())
            .RequirePermission(MessagesPermissions.Act).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Messages")
            .WithSummary("Call off a message that has not been sent");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (await db.Set<OutgoingMessage>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message) return Outcome.Refused("MessageUnknown");
        if (message.State == MessageState.Sent) return Outcome.Refused("MessageSentAlready");
        if (message.State == MessageState.Cancelled) return Outcome.Done;
        message.End(MessageState.Cancelled, clock.GetUtcNow());
        db.Audit("messages.cancelled", $"message/{id}", new { reason = request.Reason!.Trim() });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
