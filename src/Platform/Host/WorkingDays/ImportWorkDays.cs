using System.Globalization;
using System.Text;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.WorkingDays;

/// <summary>Takes holidays and make-up days from a file, whole years at once; with a single fault nothing of it is taken and every fault is told with its line.</summary>
internal sealed class ImportWorkDays(AnlanDb db, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int Most = 1_048_576;

    /// <param name="Years">What was taken.</param>
    public sealed record Imported(IReadOnlyList<ImportedYear> Years);

    /// <param name="Year">The year.</param>
    /// <param name="Holidays">Its holidays.</param>
    /// <param name="MakeUpDays">Its make-up days.</param>
    public sealed record ImportedYear(int Year, int Holidays, int MakeUpDays);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/working-days/import", async (HttpRequest request, string? source, ImportWorkDays slice, CancellationToken stop) =>
            {
                var text = await ReadAsync(request.Body, stop);
                return await (text is null ? Task.FromResult<Outcome<Imported>>(new Refusal("WorkDaysTooLarge") { Field = "file" }) : slice.RunAsync(text, source, stop)).ToHttpAsync();
            })
            .RequirePermission(WorkingDaysPermissions.Import).Accepts<string>("text/csv", "application/json").Produces<Imported>().ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Installation).WithTags("Working days").WithSummary("Import holidays and make-up days: lines of day,kind,nameZh,nameEn, or JSON as the npm package chinese-days publishes it; source says where they were published");

    /// <summary>The text of a file, or null when it is too large.</summary>
    public static async Task<string?> ReadAsync(Stream file, CancellationToken stop) =>
        await BoundedBody.ReadAsync(file, Most, stop) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public async Task<Outcome<Imported>> RunAsync(string text, string? source, CancellationToken stop)
    {
        var said = source?.Trim() ?? "";
        if (said.Length is 0 or > 200) return Refusal.OfField("source", "WorkDaysSource");
        var (years, faults) = WorkDayFile.Read(text);
        if (faults.Count > 0) return Outcome<Imported>.Refused([.. faults.Select(ToRefusal)]);

        var wanted = years.Select(year => year.Year).ToList();
        var rows = await db.Set<WorkYearRow>().Where(row => wanted.Contains(row.Year)).ToDictionaryAsync(row => row.Year, stop);
        foreach (var year in years)
        {
            var days = WorkDayFile.Write([year]);
            if (rows.TryGetValue(year.Year, out var row)) (row.Days, row.Source, row.ImportedAt) = (days, said, clock.GetUtcNow());
            else db.Add(new WorkYearRow { Year = year.Year, Days = days, Source = said, ImportedAt = clock.GetUtcNow() });
            db.Audit("workingDays.year.imported", string.Create(CultureInfo.InvariantCulture, $"workYear/{year.Year}"), new { days = year.Days.Count, source = said });
        }

        if (!await db.TrySaveAsync(stop)) return new Refusal("ChangedMeanwhile");
        return new Imported([.. years.Select(year => new ImportedYear(year.Year, year.Days.Count(day => !day.IsWorked), year.Days.Count(day => day.IsWorked)))]);
    }

    private static Refusal ToRefusal(WorkDayFault fault) => new(fault.Code)
    {
        Field = fault.Place is null ? "file" : "line " + fault.Place,
        Measured = fault.Found is { } found ? FactValue.Text(found) : null,
        Limit = fault.Code == "WorkDaysTooFew" ? FactValue.Count(WorkDayFile.LeastHolidays) : null,
    };
}
