using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Problems;

/// <summary>The table, or the cases behind a figure, as a file in the reader's language; who took it is on record.</summary>
internal sealed class ExportProblems(WeldingDb db, ShowProblems table, ListProblems cases, PeopleSeen seen, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Machine", "Chip", "Enterprise", "Town", "Person", "At"];

    public static void Map(IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/welding/problems/export", async (string? month, string? kind, ExportProblems slice, CancellationToken stop) => EnumQuery.TryRead<ProblemKind>(kind, out var wanted) ? await slice.TableAsync(month, wanted, stop) : EnumQuery.NoSuchWord("kind", kind)), "Export the problems per town");
        Describe(api.MapGet("/welding/problems/cases/export", async (string? month, string? kind, string? division, string? search, ExportProblems slice, CancellationToken stop) => EnumQuery.TryRead<ProblemKind>(kind, out var wanted) ? await slice.CasesAsync(wanted ?? ProblemKind.Unchipped, month, division, search, stop) : EnumQuery.NoSuchWord("kind", kind)), "Export the cases behind a figure").ShowsPeople();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary) =>
        route.RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Problems").WithSummary(summary);

    public async Task<IResult> TableAsync(string? month, ProblemKind? kind, CancellationToken stop)
    {
        var answer = await table.RunAsync(month, kind, stop);
        if (!answer.IsDone) return OutcomeResults.ToProblem(answer.Refusals);
        var shown = answer.Value;
        db.Context.Audit("welding.problems.exported", "problems", new { shown.Month, kind, rows = shown.Towns.Count });
        await db.Context.SaveAsync(stop);
        var header = shown.Columns.Select(column => kind is null ? words["Problem." + column.Kind].Value : column.Month);
        var rows = shown.Towns.Select(town => Line(town.Name ?? (town.Division.Length == 0 ? words["Problems.Nowhere"].Value : town.Division), town.Cells)).Append(Line(words["Problems.All"], shown.Columns));
        return CsvFile.Of($"problems-{shown.Month}", [words["Problems.Town"].Value, .. header], rows);
    }

    public async Task<IResult> CasesAsync(ProblemKind kind, string? month, string? division, string? search, CancellationToken stop)
    {
        if (await cases.FindAsync(kind, month, division, new PageRequest(Search: search).Term, stop) is not { } found) return OutcomeResults.ToProblem([Refusal.OfField("month", "MonthUnknown") with { Measured = FactValue.Text(month ?? "") }]);
        db.Context.Audit("welding.problems.exported", "problems", new { month, kind, division, rows = found.Count });
        await db.Context.SaveAsync(stop);
        seen.Add(WelderViews.ProblemsExport, found.Select(row => row.Person).OfType<Guid>());
        return CsvFile.Of($"problems-{kind}-{calendar.Today:yyyy-MM-dd}", [.. Columns.Select(column => words["Csv.Problem." + column].Value)], found.Select(row =>
            (IReadOnlyList<string?>)[row.Machine, row.Chip, row.Enterprise, row.Town ?? words["Problems.Nowhere"], row.PersonName, row.At is { } at ? calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null]));
    }

    private static List<string?> Line(string town, IReadOnlyList<ShowProblems.Cell> cells) => [town, .. cells.Select(cell => cell.Count?.ToString(CultureInfo.InvariantCulture))];
}
