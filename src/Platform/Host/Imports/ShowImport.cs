using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>How far one of one's own imports is, and what may be done with it.</summary>
internal sealed class ShowImport(OwnRun own, AnlanDb db)
{
    /// <param name="Import">The import.</param>
    /// <param name="IsGoodRowsOnly">Bad rows are left out.</param>
    /// <param name="Obstacles">Changes that could not be taken back.</param>
    /// <param name="Standing">Rows whose changes stand.</param>
    public sealed record Shown(ListImports.Row Import, bool IsGoodRowsOnly, int Obstacles, int Standing)
    {
        public bool IsRunning => ImportRun.Running.Contains(Import.State);

        /// <summary>All rows are good, or it may leave the bad ones out.</summary>
        public bool CanApply => Import.State == ImportState.Checked && Import.Created + Import.Updated > 0;

        public bool CanUndo => Import.State is ImportState.Applied or ImportState.Failed && Standing > 0;

        public bool CanDiscard => Import.State == ImportState.Checked;
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/{importRun:guid}", (Guid importRun, ShowImport slice, CancellationToken stop) => slice.RunAsync(importRun, stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).AsksByItself().WithTags("Imports").WithSummary("Show how far an import is");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await own.All.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } run) return new Refusal("ImportUnknown");
        var standing = await db.Set<ImportPart>().Where(p => p.Run == id && p.IsApplied && p.Changes != null).SumAsync(p => p.Rows, stop);
        return new Shown(ListImports.Of(run), run.IsGoodRowsOnly, run.Obstacles, standing);
    }
}
