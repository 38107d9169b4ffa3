using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Import;

/// <summary>A row that is wrong, or whose change cannot be taken back.</summary>
/// <param name="Row">Its number as the spreadsheet counts.</param>
/// <param name="Column">The column at fault, or null.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">Why.</param>
public sealed record FaultyCell(int Row, SheetColumn? Column, string? Value, Refusal Reason);

/// <summary>Opens what is sealed of an import, for whoever uploaded it.</summary>
public sealed class ImportDesk(AnlanDb db, PersonalFields fields, SheetForms forms)
{
    /// <summary>Some of the faults of an import, in the order of its rows; those of undoing it where it was not undone.</summary>
    /// <param name="run">The import.</param>
    /// <param name="skip">Faults before the first one.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<(IReadOnlyList<FaultyCell> Faults, int Total)> FaultsAsync(ImportRun run, int skip, int take, CancellationToken stop)
    {
        if (forms.Find(run.Kind) is not { } form) return ([], 0);
        var (faults, total, places) = (new List<FaultyCell>(), 0, SheetLayout.Of(forms, form, run.HeadersOf()).Value.Places);
        await foreach (var part in Parts(run).WithCancellation(stop))
        {
            var told = TellsObstacles(run) ? part.Open<RowFault>(fields, "obstacles") : part.Open<RowFault>(fields, "findings");
            var wanted = told.Skip(Math.Max(0, skip - total)).Take(take - faults.Count).ToList();
            total += told.Count;
            if (wanted.Count == 0) continue;
            var rows = part.Open<FileRow>(fields, "content").ToDictionary(row => row.N);
            faults.AddRange(wanted.Select(fault => Cell(fault, form, places, rows[fault.Row])));
        }

        return (faults, total);
    }

    /// <summary>The faulty rows as they were uploaded, each with its reasons: a file to mend and upload again.</summary>
    /// <param name="run">The import.</param>
    /// <param name="say">Says a fault in the reader's language.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<byte[]> MendableAsync(ImportRun run, Func<FaultyCell, string> say, CancellationToken stop)
    {
        var (form, rows) = (forms.Find(run.Kind)!, new List<IReadOnlyList<string?>>());
        var (headers, places) = (run.HeadersOf(), SheetLayout.Of(forms, form, run.HeadersOf()).Value.Places);
        await foreach (var part in Parts(run).WithCancellation(stop))
        {
            var told = (TellsObstacles(run) ? part.Open<RowFault>(fields, "obstacles") : part.Open<RowFault>(fields, "findings")).ToLookup(fault => fault.Row);
            if (told.Count == 0) continue;
            rows.AddRange(part.Open<FileRow>(fields, "content").Where(row => told.Contains(row.N))
                .Select(row => (IReadOnlyList<string?>)[.. row.C, $"{row.N}", string.Join(' ', told[row.N].Select(fault => say(Cell(fault, form, places, row))))]));
        }

        return SheetWriter.Workbook((ImportWords.Say("Import.File.Faults"), [.. headers, ImportWords.Say("Import.File.Row"), ImportWords.Say("Import.File.Reason")], rows));
    }

    /// <summary>True while what is told of rows is why they were not taken back.</summary>
    public static bool TellsObstacles(ImportRun run) => run is { Obstacles: > 0, State: ImportState.Applied or ImportState.Failed };

    private IAsyncEnumerable<ImportPart> Parts(ImportRun run) =>
        (TellsObstacles(run) ? db.Set<ImportPart>().AsNoTracking().Where(p => p.Run == run.Id && p.Obstacles != null) : db.Set<ImportPart>().AsNoTracking().Where(p => p.Run == run.Id && p.Findings != null))
            .OrderBy(p => p.Number).AsAsyncEnumerable();

    private static FaultyCell Cell(RowFault fault, SheetForm form, IReadOnlyDictionary<string, int> places, FileRow row)
    {
        var column = form.Columns.FirstOrDefault(known => known.Key == fault.Reason.Field);
        return new FaultyCell(fault.Row, column, column is not null && places.TryGetValue(column.Key, out var place) ? row.C[place] : null, fault.Reason);
    }
}
