using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Training.Certificates;
using Microsoft.Extensions.Localization;

namespace Anlan.Training;

/// <summary>The words of Training in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Says refusals and codes in the reader's language.</summary>
internal static class TrainingWords
{
    public static string Say(this IStringLocalizer<Words> words, Refusal refusal) =>
        words["Refusal." + refusal.Code, refusal.Measured?.Value ?? "", refusal.Limit?.Value ?? ""];

    public static string Say(this IStringLocalizer<Words> words, Outcome outcome) => string.Join(' ', outcome.Refusals.Select(words.Say));

    public static string Category(this IStringLocalizer<Words> words, string code) => words["Category." + code];

    public static string SubItem(this IStringLocalizer<Words> words, string code) => words["SubItem." + code];

    public static string Status(this IStringLocalizer<Words> words, CertificateStatus status) => words["Status." + status];

    /// <summary>Source and clause of a rule, as the reader's language writes them.</summary>
    public static string Source(this Rule rule) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? rule.Source + rule.Clause : rule.Clause is null ? rule.SourceEn : $"{rule.SourceEn}, {rule.Clause}";

    public static string Day(this DateOnly? date) => date?.Day() ?? "";

    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
