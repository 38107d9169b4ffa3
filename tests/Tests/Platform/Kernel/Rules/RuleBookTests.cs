using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;

namespace Anlan.Tests.Platform.Kernel.Rules;

/// <summary>All rules that apply are evaluated, each on the day that it names; the strictest decides and the others are named beside it.</summary>
public sealed class RuleBookTests
{
    private const string Level = "gas.level";
    private const string Oxygen = "gas.oxygen";
    private const string Watch = "gas.watch";
    private static readonly DateOnly June = new(2026, 6, 10);

    [Theory]
    [InlineData("2025-12-31", null, "NAT-LEVEL", 10.0)]
    [InlineData("2026-06-10", null, "CITY-LEVEL", 5.0)] // the city as a whole
    [InlineData("2026-06-10", "990502", "CITY-LEVEL", 5.0)] // inside the city
    [InlineData("2026-06-10", "990521", "COUNTY-LEVEL", 3.0)] // the county asks for more
    [InlineData("2026-06-10", "990521102", "COUNTY-LEVEL", 3.0)] // and so in its towns
    [InlineData("2026-06-10", "980101", "NAT-LEVEL", 10.0)] // in another city the nation alone
    public void The_strictest_rule_of_every_jurisdiction_that_covers_the_place_decides(string day, string? place, string rule, double limit)
    {
        var answer = Book().Demand(Level, new RuleCase(Day(day)) { Place = place is null ? null : new DivisionCode(place) });

        Assert.Equal((rule, limit), (answer.Deciding.Id, answer.Limit));
    }

    [Theory]
    [InlineData(3.0, true)]
    [InlineData(3.01, false)]
    public void A_measured_value_keeps_the_strictest_limit_or_breaks_it(double measured, bool isKept) => Assert.Equal(isKept, InCounty().IsKeptBy(measured));

    [Fact]
    public void A_refusal_names_the_deciding_rule_and_every_other_one_with_its_own_limit()
    {
        var refusal = InCounty().Refuse("TooMuch", FactValue.Count(4));

        Assert.Equal(("COUNTY-LEVEL", June), (refusal.Rule, refusal.RuleOn));
        Assert.Equal([new OtherRule("CITY-LEVEL", June, 5, "m"), new OtherRule("NAT-LEVEL", June, 10, "m")], refusal.OtherRules);
    }

    [Fact]
    public void Where_more_is_safer_the_greater_limit_is_the_stricter_one()
    {
        var answer = Book().Demand(Oxygen, new RuleCase(June));

        Assert.Equal(["CITY-OXYGEN", "NAT-OXYGEN"], answer.Rules.Select(applied => applied.Rule.Id));
        Assert.True(answer.IsKeptBy(20));
        Assert.False(answer.IsKeptBy(19.9));
    }

    [Fact]
    public void A_rule_that_demands_nothing_yields_to_any_that_demands_something()
    {
        var book = Book(
            Of("LIFTED", Level, Jurisdiction.National, null, "2026-01-01"),
            Of("HELD", Level, "9905", 7, "2026-01-01"));

        var both = book.Demand(Level, new RuleCase(June));
        var elsewhere = book.Demand(Level, new RuleCase(June) { Place = new DivisionCode("980101") });

        Assert.Equal(("HELD", true), (both.Deciding.Id, both.IsDemanded));
        Assert.Equal(("LIFTED", false), (elsewhere.Deciding.Id, elsewhere.IsDemanded));
        Assert.True(elsewhere.IsKeptBy(1_000));
    }

    [Theory]
    [InlineData("2026-05-20", "OLD")]
    [InlineData("2026-05-31", "OLD")]
    [InlineData("2026-06-01", "NEW")]
    [InlineData("2026-06-02", "NEW")]
    public void A_rule_is_in_force_or_not_on_the_day_that_it_names_itself_and_not_today(string due, string rule)
    {
        var book = Book(
            Of("OLD", Level, Jurisdiction.National, 3, "2010-07-01", "2026-05-31") with { JudgedOn = "dueOn" },
            Of("NEW", Level, Jurisdiction.National, null, "2026-06-01") with { JudgedOn = "dueOn" });

        var answer = book.Demand(Level, new RuleCase(June).On("dueOn", Day(due)));

        Assert.Equal((rule, Day(due)), (answer.Deciding.Id, answer.Rules[0].On));
    }

    [Theory]
    [InlineData("electric", "FOR-ALL")]
    [InlineData("gas", "FOR-GAS")]
    [InlineData(null, "FOR-GAS")] // not knowing is no relief
    public void Rules_choose_among_subjects_and_an_unknown_subject_hears_all(string? subject, string rule)
    {
        var book = Book(
            Of("FOR-ALL", Level, Jurisdiction.National, 10, "2026-01-01"),
            Of("FOR-GAS", Level, Jurisdiction.National, 2, "2026-01-01") with { AppliesTo = ["gas"] });

        Assert.Equal(rule, book.Demand(Level, new RuleCase(June) { Subject = subject }).Deciding.Id);
    }

    [Fact]
    public void Among_equal_demands_the_higher_law_speaks_and_the_platform_last()
    {
        var book = Book(
            Of("A-PLATFORM", Watch, Jurisdiction.Platform, null, "2020-01-01"),
            Of("B-CITY", Watch, "9905", null, "2020-01-01"),
            Of("C-NATION", Watch, Jurisdiction.National, null, "2020-01-01"));

        Assert.Equal(["C-NATION", "B-CITY", "A-PLATFORM"], book.Demand(Watch, new RuleCase(June)).Rules.Select(applied => applied.Rule.Id));
    }

    [Fact]
    public void Nothing_is_decided_where_no_rule_answers()
    {
        var early = new RuleCase(new DateOnly(1999, 1, 1));

        Assert.Null(Book().Ask(Level, early));
        Assert.Throws<InvalidOperationException>(() => Book().Demand(Level, early));
        Assert.Throws<KeyNotFoundException>(() => Book().Ask("gas.unheardOf", early));
    }

    [Fact]
    public void Changes_tell_what_begins_what_is_changed_and_what_ends_and_on_which_day()
    {
        var book = Book(
            Of("STEADY", Level, Jurisdiction.National, 10, "2020-01-01"),
            Of("TIGHTER", Level, Jurisdiction.National, 9, "2020-01-01", "2026-02-28"),
            Of("TIGHTER", Level, Jurisdiction.National, 8, "2026-03-01"),
            Of("GONE", Level, Jurisdiction.National, 4, "2020-01-01", "2026-04-30"),
            Of("FRESH", Level, "9905", 7, "2026-05-01"));

        var changes = book.ChangesBetween(new DateOnly(2025, 12, 31), new DateOnly(2026, 12, 31));

        Assert.Equal(
            [("2026-03-01", RuleChangeKind.Changes, "TIGHTER"), ("2026-05-01", RuleChangeKind.Begins, "FRESH"), ("2026-05-01", RuleChangeKind.Ends, "GONE")],
            changes.Select(change => (change.Day.ToString("yyyy-MM-dd", null), change.Kind, change.Rule.Id)));
        Assert.Equal((9.0, 8.0), (changes[0].Before!.Limit, changes[0].After!.Limit));
        Assert.Empty(book.ChangesBetween(new DateOnly(2026, 5, 1), new DateOnly(2026, 12, 31)));
    }

    [Theory]
    [InlineData("2019-06-01", 9.0)] // not yet: the one to come
    [InlineData("2026-02-28", 9.0)]
    [InlineData("2026-03-01", 8.0)]
    [InlineData("2027-06-01", 8.0)] // no longer: the last one
    public void A_rule_is_found_in_the_version_of_the_day(string day, double limit)
    {
        var book = Book(Of("R-1", Level, Jurisdiction.National, 9, "2020-01-01", "2026-02-28"), Of("R-1", Level, Jurisdiction.National, 8, "2026-03-01", "2026-12-31"));

        Assert.Equal(limit, book.Find("R-1", Day(day))!.Limit);
        Assert.Null(book.Find("R-2", Day(day)));
    }

    private static RuleAnswer InCounty() => Book().Demand(Level, new RuleCase(June) { Place = new DivisionCode("990521") });

    private static RuleBook Book() => Book(
        Of("NAT-LEVEL", Level, Jurisdiction.National, 10, "2020-01-01"),
        Of("CITY-LEVEL", Level, "9905", 5, "2026-01-01"),
        Of("COUNTY-LEVEL", Level, "990521", 3, "2026-01-01"),
        Of("NAT-OXYGEN", Oxygen, Jurisdiction.National, 19.5, "2020-01-01"),
        Of("CITY-OXYGEN", Oxygen, "9905", 20, "2026-01-01"));

    private static RuleBook Book(params Rule[] rules) => new(
        [new RuleArea("gas", "气体", "Gas")],
        [Question(Level, RuleSense.AtMost), Question(Oxygen, RuleSense.AtLeast), Question(Watch, RuleSense.Must)],
        rules,
        [],
        new DivisionCode("9905"));

    private static RuleQuestion Question(string key, RuleSense sense) =>
        new() { Key = key, Area = "gas", TitleZh = "问", TitleEn = "Asked", Sense = sense, Unit = sense == RuleSense.Must ? null : "m", Dates = ["today", "dueOn"], Subjects = ["electric", "gas"] };

    private static Rule Of(string id, string question, string jurisdiction, double? limit, string from, string? to = null) => new()
    {
        Id = id,
        Question = question,
        Jurisdiction = jurisdiction,
        TitleZh = "规定",
        TitleEn = "Rule",
        SourceZh = "来源",
        SourceEn = "Source",
        Limit = limit,
        Unit = limit is null ? null : "m",
        JudgedOn = RuleQuestion.Today,
        From = Day(from),
        To = to is null ? null : Day(to),
        File = "test",
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
