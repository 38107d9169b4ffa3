using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>Throws a checked file away; its rows go at once.</summary>
internal sealed class DiscardImport(OwnRun own, AnlanDb db, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/imports/{importRun:guid}/discard", (Guid importRun, DiscardImport slice, CancellationToken stop) => slice.RunAsync(importRun, stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("Throw a checked file away");

    public async Task<Outcome> RunAsync(Guid id, CancellationToken stop)
    {
        if (await own.FindAsync(id, stop) is not { } run) return OwnRun.Unknown;
        if (run.State != ImportState.Checked) return Outcome.Refused(OwnRun.NotNow(run));
        run.Enter(ImportState.Discarded, clock.GetUtcNow());
        db.RemoveRange(await db.Set<ImportPart>().Where(p => p.Run == id).ToListAsync(stop));
        db.Audit("imports.discarded", $"import/{id}", new { kind = run.Kind, rows = run.Rows });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
