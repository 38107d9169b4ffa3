using Anlan.Toolkit.Time;

namespace Anlan.Tests.Platform.Toolkit.Time;

/// <summary>Files of holidays and make-up days: what is taken, and what is said of each faulty line.</summary>
public sealed class WorkDayFileTests
{
    [Fact]
    public void A_file_of_lines_is_read_with_comments_marks_and_either_line_ending()
    {
        var (years, faults) = WorkDayFile.Read("\uFEFF# notice\r\n" + Year(2031).ReplaceLineEndings("\r\n") + "\r\n2031-02-01,makeUp,春节,Spring Festival\r\n");

        Assert.Empty(faults);
        Assert.Equal((2031, 11), (Assert.Single(years).Year, years[0].Days.Count));
        Assert.True(years[0].Days.Single(day => day.Day == new DateOnly(2031, 2, 1)).IsWorked);
    }

    [Fact]
    public void The_json_of_chinese_days_is_read()
    {
        var holidays = string.Join(',', Enumerable.Range(1, 10).Select(day => $"\"2031-10-{day:00}\":\"National Day,国庆节,3\""));

        var (years, faults) = WorkDayFile.Read("{\"holidays\":{" + holidays + "},\"workdays\":{\"2031-10-11\":\"National Day,国庆节,3\"},\"inLieuDays\":{}}");

        Assert.Empty(faults);
        Assert.Equal(("国庆节", "National Day"), (years[0].Days[0].NameZh, years[0].Days[0].NameEn));
        Assert.True(years[0].Days[^1].IsWorked);
    }

    [Theory]
    [InlineData("2031-02-30,holiday,春节,Spring Festival", "WorkDaysDay", "2031-02-30")]
    [InlineData("2031/2/1,holiday,春节,Spring Festival", "WorkDaysDay", "2031/2/1")]
    [InlineData("1931-02-01,holiday,春节,Spring Festival", "WorkDaysYear", "1931-02-01")]
    [InlineData("2031-02-01,off,春节,Spring Festival", "WorkDaysKind", "off")]
    [InlineData("2031-02-01,holiday,春节", "WorkDaysFields", "2031-02-01,holiday,春节")]
    [InlineData("2031-02-01,holiday,,Spring Festival", "WorkDaysName", "2031-02-01")]
    [InlineData("2031-02-03,makeUp,春节,Spring Festival", "WorkDaysWeekday", "2031-02-03")] // a Monday
    [InlineData("2031-10-01,holiday,国庆节,National Day", "WorkDaysTwice", "2031-10-01")]
    public void A_faulty_line_is_told_by_its_number_and_nothing_is_taken(string line, string code, string found)
    {
        var (years, faults) = WorkDayFile.Read(Year(2031) + line + "\n");

        Assert.Equal(new WorkDayFault("12", code, found), Assert.Single(faults));
        Assert.Empty(years);
    }

    [Fact]
    public void Every_faulty_line_is_told()
    {
        var (_, faults) = WorkDayFile.Read(Year(2031) + "x\ny,z,a,b\n");

        Assert.Equal([("12", "WorkDaysFields"), ("13", "WorkDaysKind")], faults.Select(fault => (fault.Place!, fault.Code)));
    }

    [Theory]
    [InlineData("", "WorkDaysEmpty")]
    [InlineData("day,kind,nameZh,nameEn\n", "WorkDaysEmpty")]
    [InlineData("2031-10-01,holiday,国庆节,National Day", "WorkDaysTooFew")] // a part of a year is none
    [InlineData("{", "WorkDaysJson")]
    [InlineData("{\"holidays\":{}}", "WorkDaysJsonField")]
    public void A_file_that_is_no_whole_year_is_refused(string text, string code) => Assert.Contains(code, WorkDayFile.Read(text).Faults.Select(fault => fault.Code));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var (years, _) = WorkDayFile.Read("2030-12-31,holiday,元旦,New Year's Day\n" + Year(2031));

        var again = WorkDayFile.Read(WorkDayFile.Write(years));

        Assert.Equal(2031, Assert.Single(again.Years).Year); // the last day of December belongs to the year that follows
        Assert.Equal(years[0].Days, again.Years[0].Days);
    }

    /// <summary>Ten holidays in October below the header.</summary>
    internal static string Year(int year) => WorkDayFile.Header + "\n" + string.Concat(Enumerable.Range(1, 10).Select(day => $"{year}-10-{day:00},holiday,国庆节,National Day\n"));
}
