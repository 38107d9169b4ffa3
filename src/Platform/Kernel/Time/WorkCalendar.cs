using System.Globalization;
using Anlan.Kernel.Outcomes;

namespace Anlan.Kernel.Time;

/// <summary>
/// Working days with holidays and make-up days. Only published years are known: about every other year it says so and guesses nothing, for a
/// deadline that is off by a week of holidays is worse than none. Pure and unchangeable.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>Reason code for a year whose days are not known.</summary>
    public const string YearUnknown = "WorkYearUnknown";

    private const int Most = 3_660;
    private readonly HashSet<int> _years;
    private readonly Dictionary<DateOnly, SpecialDay> _special = [];

    /// <summary>A calendar of these years.</summary>
    public WorkCalendar(IEnumerable<WorkYear> years)
    {
        var known = years.OrderBy(year => year.Year).ToList();
        _years = [.. known.Select(year => year.Year)];
        // The later publication has the last word about the days around New Year.
        foreach (var day in known.SelectMany(year => year.Days)) _special[day.Day] = day;
    }

    /// <summary>The years that are known, the oldest first.</summary>
    public IReadOnlyList<int> Years => [.. _years.Order()];

    /// <summary>True when the year's days are known.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>The holiday or make-up day on a day, or null.</summary>
    public SpecialDay? SpecialOn(DateOnly day) => Knows(day.Year) ? _special.GetValueOrDefault(day) : null;

    /// <summary>What kind of day it is; refused for an unknown year.</summary>
    public Outcome<DayKind> KindOf(DateOnly day)
    {
        if (!Knows(day.Year)) return Unknown(day.Year);
        if (_special.TryGetValue(day, out var special)) return special.IsWorked ? DayKind.MakeUp : DayKind.Holiday;
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Working;
    }

    /// <summary>True when it is worked; refused for an unknown year.</summary>
    public Outcome<bool> IsWorked(DateOnly day) => KindOf(day) is { IsDone: true } kind ? kind.Value is DayKind.Working or DayKind.MakeUp : Unknown(day.Year);

    /// <summary>The last day of a term of working days: the day after <paramref name="day"/> is the first one. Refused when the term reaches into an unknown year.</summary>
    /// <param name="day">The day on which the term is set off; it does not count.</param>
    /// <param name="count">Working days, at least 1.</param>
    public Outcome<DateOnly> After(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        for (var left = count; ;)
        {
            if (day == DateOnly.MaxValue) return Unknown(day.Year);
            day = day.AddDays(1);
            var worked = IsWorked(day);
            if (!worked.IsDone) return Outcome<DateOnly>.Refused(worked.Refusals);
            if (worked.Value && --left == 0) return day;
        }
    }

    /// <summary>How many working days lie after one day, up to and with another; negative when the other lies before. Refused when an unknown year lies between.</summary>
    public Outcome<int> Between(DateOnly day, DateOnly last)
    {
        var (from, to, sign) = day <= last ? (day, last, 1) : (last, day, -1);
        var count = 0;
        while (from < to)
        {
            from = from.AddDays(1);
            var worked = IsWorked(from);
            if (!worked.IsDone) return Outcome<int>.Refused(worked.Refusals);
            if (worked.Value) count++;
        }

        return sign * count;
    }

    private static Refusal Unknown(int year) => new(YearUnknown) { Measured = FactValue.Text(year.ToString(CultureInfo.InvariantCulture)) };
}
