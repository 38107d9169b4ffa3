namespace Anlan.Kernel.Outcomes;

/// <summary>An expected "no": a code from the module's closed list, and what a person needs to understand and mend it.</summary>
/// <param name="Code">Reason code, for example <c>CertificateExpired</c>; the module's resources hold its words in every language.</param>
public sealed record Refusal(string Code)
{
    /// <summary>Id of the rule that decided, as in the rule files; null where no rule but plain existence decides.</summary>
    public string? Rule { get; init; }

    /// <summary>The day that made the rule apply: today, the day of issue, the day on which a review was due; null without a rule.</summary>
    public DateOnly? RuleOn { get; init; }

    /// <summary>Further rules that apply to the same question and are less strict; null when there is none.</summary>
    public IReadOnlyList<OtherRule>? OtherRules { get; init; }

    /// <summary>What was found, for example the expiry date of the certificate.</summary>
    public FactValue? Measured { get; init; }

    /// <summary>What the rule allows.</summary>
    public FactValue? Limit { get; init; }

    /// <summary>The input field at fault (camelCase, as in the request), when the refusal is about one.</summary>
    public string? Field { get; init; }

    /// <summary>A refusal of one input field.</summary>
    public static Refusal OfField(string field, string code) => new(code) { Field = field };
}

/// <summary>A rule that applies beside the deciding one.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="On">The day that made it apply.</param>
/// <param name="Limit">Its own limit, or null.</param>
/// <param name="Unit">Unit of the limit.</param>
public sealed record OtherRule(string Rule, DateOnly On, double? Limit, string? Unit);

/// <summary>How a <see cref="FactValue"/> is to be read and shown.</summary>
public enum FactKind
{
    /// <summary>Plain text, shown as it is.</summary>
    Text,
    /// <summary>A local date, <c>yyyy-MM-dd</c>.</summary>
    Date,
    /// <summary>An instant, ISO 8601 in UTC; shown in the city's time zone.</summary>
    Instant,
    /// <summary>A duration in whole seconds.</summary>
    Seconds,
    /// <summary>A length in metres.</summary>
    Metres,
    /// <summary>A plain count.</summary>
    Count,
    /// <summary>A word to be looked up in the resources of the module, for example <c>State.Offline</c>.</summary>
    Word,
}

/// <summary>A value with its kind, kept language-neutral so that each reader sees it in their own words.</summary>
/// <param name="Kind">How to read <paramref name="Value"/>.</param>
/// <param name="Value">Invariant text.</param>
public sealed record FactValue(FactKind Kind, string Value)
{
    /// <summary>A local date.</summary>
    public static FactValue Of(DateOnly date) => new(FactKind.Date, date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>An instant.</summary>
    public static FactValue Of(DateTimeOffset instant) => new(FactKind.Instant, instant.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A duration, rounded to whole seconds.</summary>
    public static FactValue Of(TimeSpan duration) => new(FactKind.Seconds, ((long)Math.Round(duration.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A length in metres, rounded to whole metres.</summary>
    public static FactValue Metres(double metres) => new(FactKind.Metres, ((long)Math.Round(metres)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A count.</summary>
    public static FactValue Count(long count) => new(FactKind.Count, count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Text that is not translated: codes, names, numbers.</summary>
    public static FactValue Text(string text) => new(FactKind.Text, text);

    /// <summary>A word from the module's resources.</summary>
    public static FactValue Word(string key) => new(FactKind.Word, key);
}
