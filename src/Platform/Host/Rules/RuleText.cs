using System.Globalization;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Rules;

/// <summary>The words of the book's own pages.</summary>
internal static class RuleText
{
    /// <summary>To what a rule applies; null for everything.</summary>
    public static string? Subjects(this IStringLocalizer<Words> words, Rule rule) =>
        rule.AppliesTo.Count == 0 ? null : string.Join(words["Rules.And"].Value, rule.AppliesTo.Select(subject => words.Or("Rules.Subject." + subject, subject)));

    /// <summary>The day on which a rule is judged.</summary>
    public static string JudgedOn(this IStringLocalizer<Words> words, Rule rule) => words.Or("Rules.Date." + rule.JudgedOn, rule.JudgedOn);

    /// <summary>From when to when, as in 2010-07-01 – 2026-05-31.</summary>
    public static string Term(this IStringLocalizer<Words> words, Rule rule) =>
        rule.To is { } last ? $"{rule.From.Day()} – {last.Day()}" : words["Rules.Since", rule.From.Day()].Value;

    /// <summary>What a change demands, and what was demanded before.</summary>
    public static string? Limits(this RuleChange change, RuleQuestion question)
    {
        var after = change.Rule.Limit(question);
        return change is { Kind: RuleChangeKind.Changes, Before: { } old } && old.Limit(question) is { } before && before != after ? $"{before} \u2192 {after}" : after;
    }

    /// <summary>The day that an address names; the other one when it names none.</summary>
    public static DateOnly DayOr(string? text, DateOnly other) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : other;

    private static string Or(this IStringLocalizer<Words> words, string key, string other) => words[key] is { ResourceNotFound: false } found ? found.Value : other;
}
