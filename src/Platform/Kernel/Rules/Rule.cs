namespace Anlan.Kernel.Rules;

/// <summary>One version of one rule, as written in a rule file. Every refusal that a rule decides names it.</summary>
public sealed record Rule
{
    /// <summary>Stable id, for example <c>CERT-REVIEW-O30</c>; all versions of a rule share it.</summary>
    public required string Id { get; init; }

    /// <summary>The question that it answers, see <see cref="RuleQuestion.Key"/>.</summary>
    public required string Question { get; init; }

    /// <summary>Whose rule it is, see <see cref="Jurisdiction"/>.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>What it says, in Chinese.</summary>
    public required string TitleZh { get; init; }

    /// <summary>What it says, in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>Law or standard, in Chinese as published.</summary>
    public required string SourceZh { get; init; }

    /// <summary>The source in English.</summary>
    public required string SourceEn { get; init; }

    /// <summary>Clause in Chinese; null only where an unconfirmed source gives none.</summary>
    public string? ClauseZh { get; init; }

    /// <summary>Clause in English.</summary>
    public string? ClauseEn { get; init; }

    /// <summary>The number, in <see cref="Unit"/>; null for a plain demand, and for a rule that says that nothing is demanded.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of the limit, see <see cref="RuleUnits"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>Which of the question's dates decides whether this rule is in force: the day of issue, the day on which a review is due, today.</summary>
    public required string JudgedOn { get; init; }

    /// <summary>To which of the question's subjects it applies; empty for all.</summary>
    public IReadOnlyList<string> AppliesTo { get; init; } = [];

    /// <summary>First day in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day in force, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>True where it was not taken from the official text.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>Why it is so, or where it was read; in Chinese.</summary>
    public string? NoteZh { get; init; }

    /// <summary>The note in English.</summary>
    public string? NoteEn { get; init; }

    /// <summary>The file that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>True when it is in force on a day.</summary>
    public bool IsInForceOn(DateOnly day) => day >= From && (To is null || day <= To);

    /// <summary>True when it applies to a subject. Who does not know the subject hears every rule.</summary>
    public bool Concerns(string? subject) => subject is null || AppliesTo.Count == 0 || AppliesTo.Contains(subject);
}
