using Anlan.Kernel.Time;
using Anlan.Toolkit.Time;

namespace Anlan.Tests.Platform.Kernel.Time;

/// <summary>Terms of working days over the years that the program brings along: National Day 2025 ran from 1 to 8 October, 28 September and 11 October were worked.</summary>
public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = new WorkDays().Calendar;

    [Theory]
    [InlineData("2025-09-26", DayKind.Working)] // a Friday
    [InlineData("2025-09-27", DayKind.Weekend)]
    [InlineData("2025-09-28", DayKind.MakeUp)] // a Sunday
    [InlineData("2025-10-01", DayKind.Holiday)]
    [InlineData("2025-10-05", DayKind.Holiday)] // a Sunday within the holidays
    [InlineData("2025-10-09", DayKind.Working)]
    [InlineData("2025-10-11", DayKind.MakeUp)] // a Saturday
    [InlineData("2025-10-12", DayKind.Weekend)]
    public void A_day_is_what_was_published(string day, DayKind kind) => Assert.Equal(kind, Calendar.KindOf(Day(day)).Value);

    [Theory]
    [InlineData("2025-09-22", 5, "2025-09-28")] // from Monday: four to Friday, the fifth is the Sunday that is worked
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2025-10-03", 1, "2025-10-09")] // set off within the holidays
    [InlineData("2025-12-31", 1, "2026-01-04")] // a Sunday that is worked; 1 to 3 January are off
    public void A_term_of_working_days_passes_over_holidays_and_counts_make_up_days(string from, int count, string last)
    {
        var found = Calendar.After(Day(from), count);

        Assert.Equal(Day(last), found.Value);
        Assert.Equal(count, Calendar.Between(Day(from), found.Value).Value);
        Assert.Equal(-count, Calendar.Between(found.Value, Day(from)).Value);
    }

    [Fact]
    public void About_an_unknown_year_it_says_so_and_guesses_nothing()
    {
        var late = Calendar.After(new DateOnly(Calendar.Years[^1], 12, 20), 20);

        Assert.False(late.IsDone);
        Assert.Equal((WorkCalendar.YearUnknown, (Calendar.Years[^1] + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), (late.Refusals[0].Code, late.Refusals[0].Measured!.Value));
        Assert.False(Calendar.KindOf(new DateOnly(1999, 5, 3)).IsDone);
        Assert.False(Calendar.IsWorked(new DateOnly(1999, 5, 3)).IsDone);
        Assert.False(Calendar.Between(new DateOnly(1999, 5, 3), new DateOnly(2025, 5, 3)).IsDone);
        Assert.Null(Calendar.SpecialOn(new DateOnly(1999, 10, 1)));
    }

    [Fact]
    public void Days_of_december_that_were_published_with_the_next_year_count_once_the_year_before_is_known()
    {
        var newYear = new WorkYear(2031, [new SpecialDay(new DateOnly(2030, 12, 31), false, "元旦", "New Year's Day"), new SpecialDay(new DateOnly(2031, 1, 1), false, "元旦", "New Year's Day")]);

        Assert.False(new WorkCalendar([newYear]).KindOf(new DateOnly(2030, 12, 31)).IsDone);
        Assert.Equal(DayKind.Holiday, new WorkCalendar([newYear, new WorkYear(2030, [])]).KindOf(new DateOnly(2030, 12, 31)).Value);
    }

    [Fact]
    public void The_years_from_2004_to_2026_come_with_the_program() => Assert.Equal(Enumerable.Range(2004, 23), Calendar.Years);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
