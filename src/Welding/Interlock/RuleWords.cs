using Anlan.Toolkit.Ui;

namespace Anlan.Welding.Interlock;

/// <summary>Says a rule in the reader's language: title, source and clause; its id where the source gives no clause.</summary>
internal static class RuleWords
{
    public static string? Say(string? id)
    {
        if (WeldingRules.Find(id) is not { } rule) return null;
        var (title, source, clause) = FactWords.IsChinese ? (rule.TitleZh, rule.Source, rule.Clause) : (rule.TitleEn, rule.SourceEn, rule.ClauseEn ?? rule.Clause);
        return $"{title} · {source} {clause ?? rule.Id}";
    }
}
