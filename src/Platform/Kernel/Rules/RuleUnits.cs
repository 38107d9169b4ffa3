namespace Anlan.Kernel.Rules;

/// <summary>The units in which rules give limits.</summary>
public static class RuleUnits
{
    /// <summary>Seconds.</summary>
    public const string Seconds = "s";

    /// <summary>Days.</summary>
    public const string Days = "d";

    /// <summary>Metres.</summary>
    public const string Metres = "m";

    /// <summary>Years, from a date to the same date.</summary>
    public const string Years = "y";

    /// <summary>All of them: seconds, minutes, hours, days, working days, months, years, metres, amperes, volts, decibels, parts of a hundred, times, class-hours.</summary>
    public static IReadOnlyList<string> All { get; } = [Seconds, "min", "h", Days, "wd", "mo", Years, Metres, "A", "V", "dB", "%", "times", "classHours"];

    /// <summary>A limit as a duration.</summary>
    /// <exception cref="InvalidOperationException">The unit is none of time.</exception>
    public static TimeSpan Span(double limit, string? unit) => unit switch
    {
        Seconds => TimeSpan.FromSeconds(limit),
        "min" => TimeSpan.FromMinutes(limit),
        "h" => TimeSpan.FromHours(limit),
        Days => TimeSpan.FromDays(limit),
        _ => throw new InvalidOperationException($"{unit} is no unit of time."),
    };
}
