using System.Globalization;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Training.Certificates;

/// <summary>Says kinds, rules and days in the reader's language.</summary>
internal static class CertificateWords
{
    /// <summary>The sub-item, or the category where it is undivided.</summary>
    public static string Kind(this IStringLocalizer<Words> words, string category, string subItem) => subItem == Catalogue.Undivided ? words["Category." + category] : words["SubItem." + subItem];

    /// <summary>A rule by its id: title, source and clause; null for none.</summary>
    public static string? SayRule(string? id)
    {
        if (id is null || CertificateRules.Find(id) is not { } rule) return null;
        return FactWords.IsChinese
            ? $"{rule.TitleZh} \u00B7 {rule.Source}{rule.Clause}"
            : string.Join(" \u00B7 ", new[] { rule.TitleEn, rule.SourceEn, rule.Clause }.OfType<string>());
    }

    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
