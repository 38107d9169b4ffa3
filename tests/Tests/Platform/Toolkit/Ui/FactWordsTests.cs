using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using AccountsWords = Anlan.Accounts.Words;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class FactWordsTests
{
    [Theory]
    [InlineData("zh-CN", "2040-03-05T01:02:03Z", "09:02:03")]
    [InlineData("zh-CN", "2040-03-04T15:59:00Z", "03-04 23:59")]
    [InlineData("zh-CN", "2039-12-31T15:00:00Z", "2039-12-31 23:00")]
    [InlineData("en", "2040-03-05T01:02:03Z", "09:02:03")]
    [InlineData("en", "2040-03-04T15:59:00Z", "4 Mar 23:59")]
    [InlineData("en", "2039-12-31T15:00:00Z", "31 Dec 2039 23:00")]
    public async Task A_moment_is_told_in_the_citys_time_and_no_longer_than_needed(string language, string instant, string expected)
    {
        await using var context = new UiContext(language);

        Assert.Equal(expected, FactWords.Moment(context.Calendar, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("zh-CN", 0, "0 秒")]
    [InlineData("zh-CN", 59, "59 秒")]
    [InlineData("zh-CN", 60, "1 分")]
    [InlineData("zh-CN", 750, "12 分 30 秒")]
    [InlineData("zh-CN", 4_080, "1 小时 08 分")]
    [InlineData("en", 100_000, "27 h 46 min")]
    [InlineData("en", -90, "1 min 30 s")]
    public async Task A_duration_is_told_with_its_units(string language, int seconds, string expected)
    {
        await using var context = new UiContext(language);

        Assert.Equal(expected, FactWords.Duration(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("zh-CN", FactKind.Date, "2039-11-03", "2039-11-03")]
    [InlineData("en", FactKind.Date, "2039-11-03", "3 Nov 2039")]
    [InlineData("zh-CN", FactKind.Metres, "10006", "10,006 米")]
    [InlineData("en", FactKind.Metres, "86", "86 m")]
    [InlineData("en", FactKind.Count, "1603", "1,603")]
    [InlineData("en", FactKind.Text, "HW-1", "HW-1")]
    [InlineData("zh-CN", FactKind.Word, "Standing.Person", "个人")]
    public async Task A_fact_is_told_by_its_kind(string language, FactKind kind, string value, string expected)
    {
        await using var context = new UiContext(language);

        Assert.Equal(expected, context.Words<AccountsWords>().Say(new FactValue(kind, value), context.Calendar));
    }

    [Fact]
    public async Task A_refusal_without_words_still_names_its_code()
    {
        await using var context = new UiContext("en");

        var said = context.Words<AccountsWords>().Say(new Refusal("NobodyWroteThis"), context.Calendar);

        Assert.Equal("Not accepted (NobodyWroteThis).", said);
    }
}
