using System.Globalization;
using System.Resources;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Microsoft.Extensions.Localization;

namespace Anlan.Toolkit.Ui;

/// <summary>Says refusals, facts and times in the reader's language and the city's time.</summary>
public static class FactWords
{
    private static readonly ResourceManager Units = new("Anlan.Toolkit.Ui.UiWords", typeof(FactWords).Assembly);

    /// <summary>What stands against it: <c>Refusal.{Code}</c> with measured value and limit filled in. A code without words is shown as it is: better an odd word than silence.</summary>
    public static string Say(this IStringLocalizer words, Refusal refusal, CityCalendar calendar) =>
        words["Refusal." + refusal.Code, Say(words, refusal.Measured, calendar) ?? "", Say(words, refusal.Limit, calendar) ?? ""] is { ResourceNotFound: false } found
            ? found.Value
            : Word("Refusal.Wordless").Replace("{0}", refusal.Code, StringComparison.Ordinal);

    /// <summary>What to do now: <c>Refusal.{Code}.Do</c>, or null where the sentence says it already.</summary>
    public static string? SayDo(this IStringLocalizer words, Refusal refusal) => words[$"Refusal.{refusal.Code}.Do"] is { ResourceNotFound: false } found ? found.Value : null;

    /// <summary>A fact in words.</summary>
    public static string? Say(this IStringLocalizer words, FactValue? fact, CityCalendar calendar) => fact switch
    {
        null => null,
        { Kind: FactKind.Date } => Date(DateOnly.Parse(fact.Value, CultureInfo.InvariantCulture)),
        { Kind: FactKind.Instant } => Moment(calendar, DateTimeOffset.Parse(fact.Value, CultureInfo.InvariantCulture)),
        { Kind: FactKind.Seconds } => Duration(TimeSpan.FromSeconds(long.Parse(fact.Value, CultureInfo.InvariantCulture))),
        { Kind: FactKind.Metres } => $"{Number(fact.Value)} {Word("Unit.Metre")}",
        { Kind: FactKind.Count } => Number(fact.Value),
        { Kind: FactKind.Word } => words[fact.Value],
        _ => fact.Value,
    };

    /// <summary>A moment: today 14:32:08, this year 11-23 14:32, else 2025-11-23 14:32; in English 23 Nov 14:32, 23 Nov 2025 14:32.</summary>
    public static string Moment(CityCalendar calendar, DateTimeOffset at)
    {
        var local = calendar.Local(at);
        if (calendar.DateOf(at) == calendar.Today) return local.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var isThisYear = local.Year == calendar.Today.Year;
        return local.ToString((IsChinese, isThisYear) switch
        {
            (true, true) => "MM-dd HH:mm",
            (true, false) => "yyyy-MM-dd HH:mm",
            (false, true) => "d MMM HH:mm",
            _ => "d MMM yyyy HH:mm",
        }, CultureInfo.InvariantCulture);
    }

    /// <summary>A date, always with its year, because certificates and deadlines are read long after: 2025-11-23, in English 23 Nov 2025.</summary>
    public static string Date(DateOnly date) => date.ToString(IsChinese ? "yyyy-MM-dd" : "d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A date as addresses, date fields and files write it: 2025-11-23.</summary>
    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The same of a date that may be missing; then nothing.</summary>
    public static string Day(this DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A duration: 45 s, 12 min 30 s, 1 h 08 min.</summary>
    public static string Duration(TimeSpan span)
    {
        var (hour, minute, second) = (Word("Unit.Hour"), Word("Unit.Minute"), Word("Unit.Second"));
        if (span < TimeSpan.Zero) span = -span;
        return span switch
        {
            { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} {second}",
            { TotalMinutes: < 60, Seconds: 0 } => $"{span.Minutes} {minute}",
            { TotalMinutes: < 60 } => $"{span.Minutes} {minute} {span.Seconds} {second}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} {hour} {span.Minutes:00} {minute}"),
        };
    }

    /// <summary>True when the reader reads Chinese.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    private static string Number(string whole) => long.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(string key) => Units.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
