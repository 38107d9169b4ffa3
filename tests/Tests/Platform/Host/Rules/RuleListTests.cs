using System.Globalization;
using Anlan.Host;
using Anlan.Host.Rules;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Rules;

namespace Anlan.Tests.Platform.Host.Rules;

/// <summary>What a reader finds in the book: by day, by words, by chapter, by jurisdiction; what changed; what stands beside a rule.</summary>
public sealed class RuleListTests
{
    private const string County =
        """
        { "rules": [ {
          "id": "COUNTY-LEASE", "question": "welding.lease", "jurisdiction": "330521", "titleZh": "授权最长 5 分钟", "titleEn": "A grant lasts at most 5 minutes",
          "sourceZh": "县应急管理局通知", "sourceEn": "Notice of the county bureau", "clauseZh": "第 1 条", "clauseEn": "clause 1", "limit": 300, "unit": "s", "from": "2026-07-01"
        } ] }
        """;

    private static readonly RuleFilter Everything = new(null, null, null);

    [Theory]
    [InlineData("2026-05-31", "CERT-REVIEW-O30", "CERT-REVIEW-O19")]
    [InlineData("2026-06-01", "CERT-REVIEW-O19", "CERT-REVIEW-O30")]
    public void The_list_shows_the_rules_in_force_on_the_day_and_no_others(string day, string there, string notThere)
    {
        var ids = new ListRules(Books.Whole).All(Day(day), Everything).Select(rule => rule.Id).ToList();

        Assert.Contains(there, ids);
        Assert.DoesNotContain(notThere, ids);
    }

    [Theory]
    [InlineData("复审", "CERT-REVIEW-O30")] // title
    [InlineData("cert-review-o30", "CERT-REVIEW-O30")] // id, in any case
    [InlineData("order 30", "CERT-REVIEW-O30")] // source in English
    [InlineData("第二十一条", "CERT-REVIEW-O30")] // clause
    [InlineData("  lease ", "WELD-LEASE")] // question
    public void A_rule_is_found_by_its_words_in_either_language(string search, string id) =>
        Assert.Contains(id, new ListRules(Books.Whole).All(Day("2026-05-20"), new RuleFilter(search, null, null)).Select(rule => rule.Id));

    [Fact]
    public void Chapter_and_jurisdiction_narrow_the_list()
    {
        var list = new ListRules(Books.Of("3305", County));

        Assert.All(list.All(Day("2026-08-01"), new RuleFilter(null, "certificates", null)), rule => Assert.StartsWith("certificate.", rule.Question, StringComparison.Ordinal));
        Assert.Equal("COUNTY-LEASE", Assert.Single(list.All(Day("2026-08-01"), new RuleFilter(null, null, "330521"))).Id);
        Assert.Empty(list.All(Day("2026-08-01"), new RuleFilter("no such words", null, null)));
    }

    [Fact]
    public void Pages_tell_the_number_of_all()
    {
        var list = new ListRules(Books.Whole);

        var second = list.Run(Day("2026-08-01"), Everything, new PageRequest(2, 5));

        Assert.Equal(list.All(Day("2026-08-01"), Everything).Skip(5).Take(5), second.Items);
        Assert.True(second.Total > 10);
    }

    [Fact]
    public void Changes_between_two_days_show_one_order_end_and_the_other_begin()
    {
        var changes = new ListRuleChanges(Books.Whole).Run(Day("2026-05-31"), Day("2026-06-01"), new RuleFilter("certificate.review", null, null), new PageRequest(1, 200)).Items;

        Assert.Contains(changes, change => change is { Kind: RuleChangeKind.Ends, Rule.Id: "CERT-REVIEW-O30" });
        Assert.Contains(changes, change => change is { Kind: RuleChangeKind.Begins, Rule.Id: "CERT-REVIEW-O19" });
        Assert.All(changes, change => Assert.Equal(Day("2026-06-01"), change.Day));
    }

    [Theory]
    [InlineData("2026-05-31", "2024-01-01", "2026-06-01")]
    [InlineData("2026-06-01", "2026-06-01", "2026-07-01")]
    [InlineData("2026-07-01", "2026-07-01", null)]
    public void The_list_leads_to_the_last_change_and_to_the_next(string day, string last, string? next) =>
        Assert.Equal((Day(last), next is null ? null : Day(next)), new ListRuleChanges(Books.Of("3305", County)).Around(Day(day)));

    [Fact]
    public void A_rules_page_shows_what_stands_beside_it_strictest_first_and_where_the_question_came_from()
    {
        var shown = new ShowRule(Books.Of("3305", County)).Run("WELD-LEASE", Day("2026-08-01")).Value;

        Assert.Equal(["WELD-LEASE", "COUNTY-LEASE"], shown.Beside.Select(rule => rule.Id)); // the county's counts in the county only
        Assert.Equal(["COUNTY-LEASE", "WELD-LEASE"], shown.History.Select(rule => rule.Id));
    }

    [Fact]
    public void A_rule_that_is_no_longer_in_force_still_has_its_page()
    {
        var shown = new ShowRule(Books.Whole).Run("CERT-REVIEW-O30", Day("2026-08-01")).Value;

        Assert.False(shown.Rule.IsInForceOn(Day("2026-08-01")));
        Assert.Equal("CERT-REVIEW-O19", Assert.Single(shown.Beside).Id);
        Assert.Equal("RuleUnknown", new ShowRule(Books.Whole).Run("CERT-NOTHING", Day("2026-08-01")).Refusals[0].Code);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_date_and_subject_that_rules_name_has_a_word(string language)
    {
        var words = new System.Resources.ResourceManager(typeof(Words).FullName!, typeof(Words).Assembly);
        var keys = Books.Whole.Questions.SelectMany(question => question.Dates.Select(date => "Rules.Date." + date).Concat(question.Subjects.Select(subject => "Rules.Subject." + subject))).Distinct();

        Assert.All(keys, key => Assert.False(string.IsNullOrEmpty(words.GetString(key, CultureInfo.GetCultureInfo(language))), key));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
