using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>Takes an import back: what it entered goes, what it changed becomes what it was; refused, row by row, where somebody changed or used a record since.</summary>
internal sealed class UndoImport(OwnRun own, OwnForms forms, AnlanDb db, ImportBell bell, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/imports/{importRun:guid}/undo", (Guid importRun, UndoImport slice, CancellationToken stop) => slice.RunAsync(importRun, stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("Take an import back");

    public async Task<Outcome> RunAsync(Guid id, CancellationToken stop)
    {
        if (await own.FindAsync(id, stop) is not { } run) return OwnRun.Unknown;
        if (forms.Find(run.Kind) is null) return Outcome.Refused("Forbidden");
        if (run.State is not (ImportState.Applied or ImportState.Failed)) return Outcome.Refused(OwnRun.NotNow(run));
        if (!await db.Set<ImportPart>().AnyAsync(p => p.Run == id && p.IsApplied && p.Changes != null, stop)) return Outcome.Refused("ImportChangedNothing");
        run.Enter(ImportState.Undoing, clock.GetUtcNow());
        run.Obstacles = 0;
        db.Audit("imports.undoing", $"import/{id}", new { kind = run.Kind });
        if (!await db.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        bell.Ring();
        return Outcome.Done;
    }
}
