using System.Globalization;
using Anlan.Kernel.Outcomes;
using Microsoft.Extensions.Localization;

namespace Anlan.Enterprises;

/// <summary>The words of Enterprises in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Says refusals in the reader's language.</summary>
internal static class EnterpriseWords
{
    public static string Say(this IStringLocalizer<Words> words, Refusal refusal) =>
        words["Refusal." + refusal.Code, refusal.Measured?.Value ?? "", refusal.Limit?.Value ?? "\u2026"];

    public static string Say(this IStringLocalizer<Words> words, Outcome outcome) => string.Join(' ', outcome.Refusals.Select(words.Say));

    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
