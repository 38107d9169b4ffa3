using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Import;

/// <summary>The kept rows of files that name somebody.</summary>
public sealed class ImportedRows(AnlanDb db, PersonalFields fields, SheetForms forms)
{
    /// <summary>A row that names somebody.</summary>
    /// <param name="Kind">Key of the form.</param>
    /// <param name="Row">Its number in the file.</param>
    /// <param name="UploadedAt">When the file came.</param>
    /// <param name="Cells">Its cells.</param>
    public sealed record Found(string Kind, int Row, DateTimeOffset UploadedAt, IReadOnlyList<string?> Cells);

    /// <summary>The rows of which a personal cell names somebody.</summary>
    /// <param name="names">True for a cell that does.</param>
    /// <param name="stop">Gives up.</param>
    public Task<IReadOnlyList<Found>> FindAsync(Func<string, Task<bool>> names, CancellationToken stop) => GoThroughAsync(names, null, stop);

    /// <summary>Empties these rows, and what an undo would restore of the person, in the caller's unit of work.</summary>
    /// <param name="names">True for a cell that names the person.</param>
    /// <param name="subject">The person.</param>
    /// <param name="stop">Gives up.</param>
    public Task EmptyAsync(Func<string, Task<bool>> names, Guid subject, CancellationToken stop) => GoThroughAsync(names, subject, stop);

    private async Task<IReadOnlyList<Found>> GoThroughAsync(Func<string, Task<bool>> names, Guid? emptied, CancellationToken stop)
    {
        var found = new List<Found>();
        var runs = await db.Set<ImportRun>().AsNoTracking().ToListAsync(stop);
        foreach (var run in runs)
        {
            if (forms.Find(run.Kind) is not { } form || !SheetLayout.Of(forms, form, run.HeadersOf()).IsDone) continue;
            var places = SheetLayout.Of(forms, form, run.HeadersOf()).Value.Places;
            var personal = form.Columns.Where(column => column.IsPersonal && places.ContainsKey(column.Key)).Select(column => places[column.Key]).ToList();
            if (personal.Count == 0) continue;
            foreach (var id in await db.Set<ImportPart>().Where(p => p.Run == run.Id).OrderBy(p => p.Number).Select(p => p.Id).ToListAsync(stop))
            {
                var part = await db.Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Id == id, stop);
                var rows = part.Open<FileRow>(fields, "content");
                var theirs = new List<FileRow>();
                foreach (var row in rows)
                {
                    foreach (var place in personal)
                    {
                        if (row.C[place] is not { Length: > 0 } cell || !await names(cell)) continue;
                        theirs.Add(row);
                        break;
                    }
                }

                found.AddRange(theirs.Select(row => new Found(run.Kind, row.N, run.UploadedAt, row.C)));
                if (emptied is { } subject) Empty(part, rows, theirs, subject);
            }
        }

        return found;
    }

    private void Empty(ImportPart part, IReadOnlyList<FileRow> rows, List<FileRow> theirs, Guid subject)
    {
        var changes = part.Open<KeptChange>(fields, "changes");
        var isChanged = changes.Any(change => change.Subject == subject);
        if (theirs.Count == 0 && !isChanged) return;
        db.Attach(part);
        part.Seal(fields, "content", [.. rows.Select(row => theirs.Contains(row) ? row with { C = new string?[row.C.Length] } : row)]);
        if (isChanged) part.Seal(fields, "changes", [.. changes.Where(change => change.Subject != subject)]);
    }
}
