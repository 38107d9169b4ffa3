using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations.Evidence;

/// <summary>An administrator takes note of a fork: it leaves the desk and stays on the page, both heads stay kept.</summary>
internal sealed class NoteFork(AnlanDb db, TimeProvider clock)
{
    private const int LongestReason = 300;

    /// <param name="Reason">What was found out and done.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/evidence/forks/{fork:guid}/note", (Guid fork, Request request, NoteFork slice, CancellationToken stop) => slice.RunAsync(fork, request, stop).ToHttpAsync())
            .RequirePermission(OperationsPermissions.Act).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Evidence").WithSummary("Take note of a fork of another log");

    public async Task<Outcome> RunAsync(Guid fork, Request request, CancellationToken stop)
    {
        if (request.Reason?.Trim() is not { Length: > 0 and <= LongestReason } reason) return Outcome.Refused(Refusal.OfField("reason", "ForkReasonMissing"));
        if (await db.Set<PeerHead>().SingleOrDefaultAsync(h => h.Id == fork && h.IsFork, stop) is not { } head) return Outcome.Refused("ForkUnknown");
        if (head.NotedAt is not null) return Outcome.Done;
        head.NotedAt = clock.GetUtcNow();
        db.Audit("evidence.fork.noted", "peer/" + head.Key, new { peer = head.Peer, head.Size, reason });
        await db.SaveAsync(stop);
        return Outcome.Done;
    }
}
