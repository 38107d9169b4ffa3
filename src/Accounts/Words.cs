using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts;

/// <summary>The words of Accounts in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Says refusals in the reader's language and the city's time.</summary>
internal static class AccountWords
{
    public static string Say(this IStringLocalizer<Words> words, Refusal refusal, CityCalendar calendar) =>
        words["Refusal." + refusal.Code, Say(refusal.Measured, calendar), Say(refusal.Limit, calendar)];

    public static string RoleName(this IStringLocalizer<Words> words, string? role) => words["Role." + role];

    private static string Say(FactValue? fact, CityCalendar calendar) => fact switch
    {
        { Kind: FactKind.Instant } => calendar.Local(DateTimeOffset.Parse(fact.Value, CultureInfo.InvariantCulture)).ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => fact?.Value ?? "",
    };
}
