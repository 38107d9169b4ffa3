using System.Globalization;
using System.Resources;
using Anlan.Kernel.Rules;

namespace Anlan.Toolkit.Ui;

/// <summary>Says rules in the reader's language.</summary>
public static class RuleWords
{
    private static readonly ResourceManager Words = new("Anlan.Toolkit.Ui.UiWords", typeof(RuleWords).Assembly);

    /// <summary>What the rule says.</summary>
    public static string Title(this Rule rule) => FactWords.IsChinese ? rule.TitleZh : rule.TitleEn;

    /// <summary>Law or standard.</summary>
    public static string Source(this Rule rule) => FactWords.IsChinese ? rule.SourceZh : rule.SourceEn;

    /// <summary>The clause, or null where the source gives none.</summary>
    public static string? Clause(this Rule rule) => FactWords.IsChinese ? rule.ClauseZh : rule.ClauseEn;

    /// <summary>The remark of whoever entered it, or null.</summary>
    public static string? Note(this Rule rule) => FactWords.IsChinese ? rule.NoteZh : rule.NoteEn;

    /// <summary>The question.</summary>
    public static string Title(this RuleQuestion question) => FactWords.IsChinese ? question.TitleZh : question.TitleEn;

    /// <summary>The chapter.</summary>
    public static string Title(this RuleArea area) => FactWords.IsChinese ? area.TitleZh : area.TitleEn;

    /// <summary>The jurisdiction; the platform and the nation have words of their own.</summary>
    public static string Name(this Jurisdiction jurisdiction) => jurisdiction.Code switch
    {
        Jurisdiction.Platform or Jurisdiction.National => Word("Jurisdiction." + jurisdiction.Code),
        _ => FactWords.IsChinese ? jurisdiction.NameZh : jurisdiction.NameEn,
    };

    /// <summary>Title, source and clause in one line; its id where the source gives no clause.</summary>
    public static string Line(this Rule rule) => $"{rule.Title()} \u00B7 {rule.Source()} {rule.Clause() ?? rule.Id}";

    /// <summary>The limit as in ≤ 15 min; "none demanded" for a rule that lifts a demand; null for a plain demand.</summary>
    public static string? Limit(this Rule rule, RuleQuestion question) => question.Sense == RuleSense.Must ? null : Limit(question.Sense, rule.Limit, rule.Unit);

    /// <summary>The words for a limit.</summary>
    public static string Limit(RuleSense sense, double? limit, string? unit) => limit is { } number
        ? (sense == RuleSense.AtLeast ? "≥ " : "≤ ") + Amount(number, unit)
        : Word("Rule.NoneDemanded");

    private static string Amount(double number, string? unit)
    {
        if (unit == RuleUnits.Seconds) return FactWords.Duration(TimeSpan.FromSeconds(number));
        var text = number.ToString("#,0.##", CultureInfo.InvariantCulture);
        var one = number is 1 ? Words.GetString($"RuleUnit.{unit}.One", CultureInfo.CurrentUICulture) : null;
        return string.Format(CultureInfo.InvariantCulture, one ?? Word("RuleUnit." + unit), text);
    }

    private static string Word(string key) => Words.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
