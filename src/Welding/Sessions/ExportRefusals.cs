using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Interlock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Sessions;

/// <summary>The list of refused starts as a file, as filtered, in the reader's language, a line for each reason; who took it is on record.</summary>
internal sealed class ExportRefusals(WeldingDb db, ListRefusals list, PeopleSeen seen, RuleBook book, CityCalendar calendar, RefusalWords refusalWords, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Machine", "At", "Welder", "Enterprise", "Rank", "Reason", "Do", "Rule", "Measured", "Limit", "Code", "Decision"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refusals/export", (string? search, string? code, Guid? machine, string? division, DateOnly? day, ExportRefusals slice, CancellationToken stop) => slice.RunAsync(new RecordFilter(search, machine, division, day, Code: code), stop))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("Export the list of refused starts, a line for each reason");

    public async Task<IResult> RunAsync(RecordFilter filter, CancellationToken stop)
    {
        db.Context.Audit("welding.refusals.exported", "refusals", new { rows = await list.CountAsync(filter, stop) });
        await db.Context.SaveAsync(stop);
        seen.Add(WelderViews.RefusalsExport, await list.WeldersAsync(filter, stop));
        var today = calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return CsvFile.Of($"refusals-{today}", [.. Columns.Select(column => words["Csv.Refusal." + column].Value)], list.AllAsync(filter, stop).SelectMany(row => row.Refusals.Select((refusal, i) => Cells(row, refusal, i + 1))));
    }

    private IReadOnlyList<string?> Cells(ListRefusals.Row row, Refusal refusal, int rank)
    {
        var own = refusalWords.Of(refusal, words);
        return
        [
            row.Machine, calendar.Local(row.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.PersonName, row.EnterpriseName, rank.ToString(CultureInfo.InvariantCulture),
            own.Say(refusal, calendar), own.SayDo(refusal), book.Find(refusal.Rule, refusal.RuleOn ?? calendar.DateOf(row.At))?.Line() ?? refusal.Rule, own.Say(refusal.Measured, calendar), own.Say(refusal.Limit, calendar), refusal.Code, row.Decision.ToString(),
        ];
    }
}
