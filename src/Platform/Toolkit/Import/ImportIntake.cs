using System.Text.Json;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;

namespace Anlan.Toolkit.Import;

/// <summary>Takes a file in: reads it, keeps its rows sealed in parts and lets its dry run begin. The file itself is not kept.</summary>
public sealed class ImportIntake(AnlanDb db, PersonalFields fields, SheetForms forms, CurrentActor current, ImportBell bell, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = SheetFile.MostBytes;

    /// <summary>The new import and the headers that its form does not know, or what is wrong with the file.</summary>
    public async Task<Outcome<(ImportRun Run, IReadOnlyList<string> Ignored)>> TakeAsync(SheetForm form, string? name, byte[] file, CancellationToken stop)
    {
        var read = SheetFile.Read(file);
        if (!read.IsDone) return Outcome<(ImportRun, IReadOnlyList<string>)>.Refused(read.Refusals);
        var layout = SheetLayout.Of(forms, form, read.Value.Headers);
        if (!layout.IsDone) return Outcome<(ImportRun, IReadOnlyList<string>)>.Refused(layout.Refusals);

        var (actor, now) = (current.Actor, clock.GetUtcNow());
        var run = new ImportRun
        {
            Id = Guid.CreateVersion7(),
            Kind = form.Key,
            FileName = NameOf(name, form),
            Account = actor.Account,
            Actor = JsonSerializer.Serialize(actor, JsonSerializerOptions.Web),
            Headers = JsonSerializer.Serialize(read.Value.Headers, JsonSerializerOptions.Web),
            Rows = read.Value.Rows.Count,
            UploadedAt = now,
            ChangedAt = now,
        };
        db.Add(run);
        foreach (var (number, rows) in read.Value.Rows.Chunk(ImportPart.Size).Index())
        {
            var part = new ImportPart { Id = Guid.CreateVersion7(), Run = run.Id, Number = number + 1, Rows = rows.Length, Content = [] };
            part.Seal(fields, "content", rows);
            db.Insert(part);
        }

        db.Audit("imports.uploaded", $"import/{run.Id}", new { kind = run.Kind, rows = run.Rows });
        await db.SaveAsync(stop);
        bell.Ring();
        return (run, layout.Value.Ignored);
    }

    private static string NameOf(string? name, SheetForm form)
    {
        var plain = string.Concat((name ?? "").Split('/', '\\')[^1].Where(letter => !char.IsControl(letter))).Trim();
        return plain.Length == 0 ? form.Key : plain.Length <= ImportRun.LongestName ? plain : plain[..ImportRun.LongestName];
    }
}
