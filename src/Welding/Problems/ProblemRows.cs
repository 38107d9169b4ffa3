using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Welding.Profiles;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Problems;

/// <summary>One case of a problem.</summary>
/// <param name="Kind">What.</param>
/// <param name="Machine">The machine, or null.</param>
/// <param name="Chip">The chip, or null.</param>
/// <param name="Enterprise">Whose, or null.</param>
/// <param name="Division">Where, or null.</param>
/// <param name="Person">Who tried, or null.</param>
/// <param name="At">When it happened, or when the chip was last heard; null when never.</param>
/// <param name="Position">Position in the log, or null.</param>
internal sealed record ProblemCase(ProblemKind Kind, MachineId? Machine, string? Chip, EnterpriseId? Enterprise, DivisionCode? Division, PersonId? Person, DateTimeOffset? At, long? Position);

/// <summary>The cases of a problem in a month within the reader's scope: figures count them, lists show them.</summary>
internal sealed class ProblemRows(WeldingDb db, StandingProblems standing, CurrentScope scope, CityCalendar calendar)
{
    /// <summary>Reads a month such as <c>2026-11</c>; this month when nothing is said, null when it is none.</summary>
    public DateOnly? MonthOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? ProfileDesk.MonthOf(calendar.Today)
        : DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    /// <summary>True when the month was or is counted for the kind: what happens is known for every month, what stands only from the months that the server saw.</summary>
    public async Task<bool> IsCountedAsync(ProblemKind kind, DateOnly month, CancellationToken stop) =>
        !StandingProblems.Kinds.Contains(kind) || month == ProfileDesk.MonthOf(calendar.Today) || await db.ClosedMonths.AnyAsync(m => m.Month == month, stop);

    /// <summary>Every case of a kind in a month, newest first or by machine.</summary>
    public async Task<IReadOnlyList<ProblemCase>> OfAsync(ProblemKind kind, DateOnly month, CancellationToken stop)
    {
        var (from, to) = (calendar.StartOf(month), calendar.StartOf(month.AddMonths(1)));
        switch (kind)
        {
            case ProblemKind.Unlicensed:
                var refused = await db.RefusedStarts.AsNoTracking().Within(scope.Now).Where(r => r.IsUnlicensed && r.At >= from && r.At < to).OrderByDescending(r => r.At).ThenByDescending(r => r.Seq)
                    .Select(r => new { r.Machine, r.Enterprise, r.Division, r.Person, r.At, r.Seq }).ToListAsync(stop);
                return [.. refused.Select(r => new ProblemCase(kind, r.Machine, null, r.Enterprise, r.Division, r.Person, r.At, r.Seq))];
            case ProblemKind.Ungranted:
                var arcs = await db.Incidents.AsNoTracking().Within(scope.Now).Where(i => i.Kind == IncidentKind.Ungranted && i.At >= from && i.At < to).OrderByDescending(i => i.At).ThenByDescending(i => i.Seq)
                    .Select(i => new { i.Machine, i.Enterprise, i.Division, i.At, i.Seq }).ToListAsync(stop);
                return [.. arcs.Select(i => new ProblemCase(kind, i.Machine, null, i.Enterprise, i.Division, null, i.At, i.Seq))];
            case var _ when month == ProfileDesk.MonthOf(calendar.Today):
                return [.. standing.Within(scope.Now).Where(problem => problem.Kind == kind).Select(p => new ProblemCase(kind, p.Machine, p.Chip, p.Enterprise, p.Division, null, p.LastHeard, null))];
            default:
                var kept = await db.MonthProblems.AsNoTracking().Within(scope.Now).Where(p => p.Month == month && p.Kind == kind).OrderBy(p => p.Id).ToListAsync(stop);
                return [.. kept.Select(p => new ProblemCase(kind, p.Machine, p.Chip, p.Enterprise, p.Division, null, p.LastHeard, null))];
        }
    }

    /// <summary>How many cases each town has; an empty text stands for a place that nobody knows.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(ProblemKind kind, DateOnly month, CancellationToken stop) =>
        (await OfAsync(kind, month, stop)).CountBy(found => TownOf(found.Division)).ToDictionary();

    /// <summary>The town of a place: the first nine digits of its code.</summary>
    public static string TownOf(DivisionCode? division) => division is { } place ? place.Value[..Math.Min(9, place.Value.Length)] : "";
}
