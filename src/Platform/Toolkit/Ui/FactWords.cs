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

    /// <summary>What stands against it: <c>Refusal.{Code}</c> with measured value and limit filled in.</summary>
    public static string Say(this IStringLocalizer words, Refusal refusal, CityCalendar calendar) =>
        words["Refusal." + refusal.Code, Say(words, refusal.Measured, calendar) ?? "", Say(words, refusal.Limit, calendar) ?? ""];

    /// <summary>What to do now: <c>Refusal.{Code}.Do</c>, or null where the sentence says it already.</summary>
    public static string? SayDo(this IStringLocalizer words, Refusal refusal) => words[$"Refusal.{refusal.Code}.Do"] is { ResourceNotFound: false } found ? found.Value : null;

    /// <summary>A fact in words.</summary>
    public static string? Say(this IStringLocalizer words, FactValue? fact, CityCalendar calendar) => fact switch
    {
        null => null,
        { Kind: FactKind.Instant } => Moment(calendar, DateTimeOffset.Parse(fact.Value, CultureInfo.InvariantCulture)),
        { Kind: FactKind.Seconds } => Duration(TimeSpan.FromSeconds(long.Parse(fact.Value, CultureInfo.InvariantCulture))),
        { Kind: FactKind.Metres } => $"{fact.Value} {Word("Unit.Metre")}",
        { Kind: FactKind.Count } => long.Parse(fact.Value, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
        { Kind: FactKind.Word } => words[fact.Value],
        _ => fact.Value,
    };

    /// <summary>A moment: today 14:32:08, this year 11-23 14:32, else 2025-11-23 14:32.</summary>
    public static string Moment(CityCalendar calendar, DateTimeOffset at)
    {
        var local = calendar.Local(at);
        var today = calendar.Today;
        var format = calendar.DateOf(at) == today ? "HH:mm:ss" : local.Year == today.Year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

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

    private static string Word(string key) => Units.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
