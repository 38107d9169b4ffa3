using Anlan.Kernel.Rules;

namespace Anlan.Host.Rules;

/// <summary>Which rules of the book are wanted.</summary>
/// <param name="Search">Part of id, title, source, clause or note in either language, or of the question.</param>
/// <param name="Area">Chapter, or null.</param>
/// <param name="Jurisdiction">Whose rules, or null.</param>
internal sealed record RuleFilter(string? Search, string? Area, string? Jurisdiction)
{
    /// <summary>True when a rule is wanted.</summary>
    public bool Takes(Rule rule, RuleQuestion question) =>
        (string.IsNullOrEmpty(Area) || question.Area == Area)
        && (string.IsNullOrEmpty(Jurisdiction) || rule.Jurisdiction == Jurisdiction)
        && (string.IsNullOrWhiteSpace(Search) || TextsOf(rule, question).Any(text => text?.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase) == true));

    private static string?[] TextsOf(Rule rule, RuleQuestion question) =>
    [
        rule.Id, rule.TitleZh, rule.TitleEn, rule.SourceZh, rule.SourceEn, rule.ClauseZh, rule.ClauseEn, rule.NoteZh, rule.NoteEn, question.Key, question.TitleZh, question.TitleEn,
    ];
}
