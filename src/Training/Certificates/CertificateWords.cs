using Microsoft.Extensions.Localization;

namespace Anlan.Training.Certificates;

/// <summary>Says kinds, rules and days in the reader's language.</summary>
internal static class CertificateWords
{
    /// <summary>The sub-item, or the category where it is undivided.</summary>
    public static string Kind(this IStringLocalizer<Words> words, string category, string subItem) => subItem == Catalogue.Undivided ? words["Category." + category] : words["SubItem." + subItem];
}
