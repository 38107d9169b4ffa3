using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Profiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Problems;

/// <summary>The problems per town: all of them in one month, or one of them over the months. Every figure is counted from the cases that its list shows.</summary>
internal sealed class ShowProblems(ProblemRows rows, IDivisions divisions, CityCalendar calendar)
{
    private const int Months = 6;

    /// <param name="Kind">Which problem.</param>
    /// <param name="Month">Which month, as 2026-11.</param>
    /// <param name="Count">Cases; null when the month was not counted for this problem.</param>
    public sealed record Cell(ProblemKind Kind, string Month, int? Count);

    /// <param name="Division">Code of the town; empty when nobody knows the place.</param>
    /// <param name="Name">Its name, or null.</param>
    /// <param name="Cells">As many as columns.</param>
    public sealed record Town(string Division, string? Name, IReadOnlyList<Cell> Cells);

    /// <param name="Kind">The problem over the months; null = all problems of the month.</param>
    /// <param name="Month">The month.</param>
    /// <param name="Months">Months that can be chosen, newest first.</param>
    /// <param name="Columns">The columns with the sum of all towns.</param>
    /// <param name="Towns">Towns that have any case, by code.</param>
    /// <param name="At">When it was counted.</param>
    public sealed record Shown(ProblemKind? Kind, string Month, IReadOnlyList<string> Months, IReadOnlyList<Cell> Columns, IReadOnlyList<Town> Towns, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/welding/problems", async (string? month, string? kind, ShowProblems slice, CancellationToken stop) => EnumQuery.TryRead<ProblemKind>(kind, out var wanted) ? await slice.RunAsync(month, wanted, stop).ToHttpAsync() : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(WeldingPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Problems").WithSummary("Machines out of hand, unlicensed starts blocked and power without grant, per town and month");

    public async Task<Outcome<Shown>> RunAsync(string? month, ProblemKind? kind, CancellationToken stop)
    {
        if (rows.MonthOf(month) is not { } wanted) return Refusal.OfField("month", "MonthUnknown") with { Measured = FactValue.Text(month ?? "") };
        var now = ProfileDesk.MonthOf(calendar.Today);
        var choices = Enumerable.Range(0, Months).Select(back => now.AddMonths(-back)).ToList();
        if (!choices.Contains(wanted)) choices.Add(wanted);
        var columns = kind is { } one ? choices.Order().Select(m => (Kind: one, Month: m)).ToList() : [.. Enum.GetValues<ProblemKind>().Select(each => (Kind: each, Month: wanted))];
        var counted = new List<IReadOnlyDictionary<string, int>?>();
        foreach (var column in columns) counted.Add(await rows.IsCountedAsync(column.Kind, column.Month, stop) ? await rows.CountAsync(column.Kind, column.Month, stop) : null);
        Cell At(int i, Func<IReadOnlyDictionary<string, int>, int> count) => new(columns[i].Kind, Text(columns[i].Month), counted[i] is { } found ? count(found) : null);
        var towns = counted.OfType<IReadOnlyDictionary<string, int>>().SelectMany(found => found.Keys).Distinct().Order(StringComparer.Ordinal);
        return new Shown(
            kind, Text(wanted), [.. choices.OrderDescending().Select(Text)], [.. columns.Select((_, i) => At(i, found => found.Values.Sum()))],
            [.. towns.Select(town => new Town(town, town.Length == 0 ? null : divisions.Find(new DivisionCode(town))?.Name, [.. columns.Select((_, i) => At(i, found => found.GetValueOrDefault(town)))]))], calendar.Now);
    }

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
