namespace Anlan.Kernel.Rules;

/// <summary>What happened to a rule on a day.</summary>
public enum RuleChangeKind
{
    /// <summary>It came into force.</summary>
    Begins,
    /// <summary>A new version took the place of the one before.</summary>
    Changes,
    /// <summary>It is no longer in force from this day on.</summary>
    Ends,
}

/// <summary>A change of the book.</summary>
/// <param name="Day">The first day on which it holds.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Before">The version until the day before, or null.</param>
/// <param name="After">The version from this day on, or null.</param>
public sealed record RuleChange(DateOnly Day, RuleChangeKind Kind, Rule? Before, Rule? After)
{
    /// <summary>The rule in its newest version of the two.</summary>
    public Rule Rule => After ?? Before!;
}
