namespace Anlan.Kernel.Rules;

/// <summary>How the answers to a question compare: which of two limits is the stricter one.</summary>
public enum RuleSense
{
    /// <summary>A plain demand without a number.</summary>
    Must,
    /// <summary>What is measured may be at most the limit: the smaller limit is stricter.</summary>
    AtMost,
    /// <summary>What is measured must be at least the limit: the greater limit is stricter.</summary>
    AtLeast,
}

/// <summary>What code asks the rule book: any number of rules, of any jurisdiction, may answer it at the same time.</summary>
public sealed record RuleQuestion
{
    /// <summary>The date that every question has.</summary>
    public const string Today = "today";

    /// <summary>Its name in code and files, for example <c>welding.lease</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The area of the book that it belongs to, see <see cref="RuleArea.Key"/>.</summary>
    public required string Area { get; init; }

    /// <summary>The question in Chinese.</summary>
    public required string TitleZh { get; init; }

    /// <summary>The question in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>How answers compare.</summary>
    public required RuleSense Sense { get; init; }

    /// <summary>Unit of all answers; null for demands.</summary>
    public string? Unit { get; init; }

    /// <summary>The dates that whoever asks can tell, the usual one first.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [Today];

    /// <summary>The subjects among which rules may choose, such as kinds of machine; empty when there is nothing to choose.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>True when work cannot go on without an answer: the book is refused when a day has none.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when code asks it and acts on the answer; otherwise its rules are there to be read.</summary>
    public bool IsAsked { get; init; }
}

/// <summary>A chapter of the book.</summary>
/// <param name="Key">Its name in files, for example <c>welding</c>.</param>
/// <param name="TitleZh">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
public sealed record RuleArea(string Key, string TitleZh, string TitleEn);
