using Anlan.Kernel.Rules;

namespace Anlan.Host.Rules;

/// <summary>A version of a rule as the API tells it; everything but the file that it lies in.</summary>
internal sealed record RuleRow(
    string Id, string Question, string Area, string Jurisdiction, string TitleZh, string TitleEn, string SourceZh, string SourceEn, string? ClauseZh, string? ClauseEn, RuleSense Sense, double? Limit,
    string? Unit, string JudgedOn, IReadOnlyList<string> AppliesTo, DateOnly From, DateOnly? To, bool Unconfirmed, string? NoteZh, string? NoteEn)
{
    public static RuleRow Of(Rule rule, RuleQuestion question) => new(
        rule.Id, rule.Question, question.Area, rule.Jurisdiction, rule.TitleZh, rule.TitleEn, rule.SourceZh, rule.SourceEn, rule.ClauseZh, rule.ClauseEn, question.Sense, rule.Limit, question.Unit, rule.JudgedOn,
        rule.AppliesTo, rule.From, rule.To, rule.IsUnconfirmed, rule.NoteZh, rule.NoteEn);
}
