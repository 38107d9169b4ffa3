using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>Lets a checked file be written: all of it or nothing, or its good rows.</summary>
internal sealed class ApplyImport(OwnRun own, OwnForms forms, AnlanDb db, ImportBell bell, TimeProvider clock)
{
    /// <param name="GoodRowsOnly">True leaves bad rows out; false writes all rows or none.</param>
    public sealed record Request(bool GoodRowsOnly);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/imports/{importRun:guid}/apply", (Guid importRun, Request request, ApplyImport slice, CancellationToken stop) => slice.RunAsync(importRun, request, stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("Write a checked file: all rows or none, or the good ones only");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (await own.FindAsync(id, stop) is not { } run) return OwnRun.Unknown;
        if (forms.Find(run.Kind) is null) return Outcome.Refused("Forbidden");
        if (run.State != ImportState.Checked) return Outcome.Refused(OwnRun.NotNow(run));
        if (run.Refused > 0 && !request.GoodRowsOnly) return Outcome.Refused(new Refusal("ImportHasFaults") { Measured = FactValue.Count(run.Refused) });
        if (run.Created + run.Updated == 0) return Outcome.Refused("ImportChangesNothing");
        run.IsGoodRowsOnly = request.GoodRowsOnly;
        run.Enter(ImportState.Applying, clock.GetUtcNow());
        db.Audit("imports.started", $"import/{id}", new { kind = run.Kind, rows = run.Rows, refused = run.Refused, request.GoodRowsOnly });
        if (!await db.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        bell.Ring();
        return Outcome.Done;
    }
}
