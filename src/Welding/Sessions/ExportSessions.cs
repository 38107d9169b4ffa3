using System.Globalization;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Sessions;

/// <summary>The list of sessions as a file, as filtered, in the reader's language; who took it is on record.</summary>
internal sealed class ExportSessions(WeldingDb db, ListSessions list, PeopleSeen seen, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Machine", "Welder", "Enterprise", "DecidedAt", "PoweredAt", "EndedAt", "End", "ArcSeconds", "ArcKilowattHours", "PeakAmperes", "Session"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sessions/export", (string? search, Guid? machine, bool? open, string? division, DateOnly? day, ExportSessions slice, CancellationToken stop) => slice.RunAsync(new RecordFilter(search, machine, division, day, Open: open), stop))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("Export the list of sessions");

    public async Task<IResult> RunAsync(RecordFilter filter, CancellationToken stop)
    {
        db.Context.Audit("welding.sessions.exported", "sessions", new { rows = await list.CountAsync(filter, stop) });
        await db.Context.SaveAsync(stop);
        seen.Add(WelderViews.SessionsExport, await list.WeldersAsync(filter, stop));
        var today = calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return CsvFile.Of($"sessions-{today}", [.. Columns.Select(column => words["Csv.Session." + column].Value)], list.AllAsync(filter, stop).Select(Cells));
    }

    private IReadOnlyList<string?> Cells(ListSessions.Row row) =>
    [
        row.Machine, row.PersonName, row.EnterpriseName, Text(row.StartedAt), Text(row.PoweredAt), Text(row.EndedAt), words.SayEnd(row),
        Text(row.ArcSeconds), Text(row.ArcKilowattHours), Text(row.PeakAmperes), row.Id.ToString(),
    ];

    private string? Text(DateTimeOffset? at) => at is { } moment ? calendar.Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
