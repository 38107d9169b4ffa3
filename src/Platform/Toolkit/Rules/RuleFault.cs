namespace Anlan.Toolkit.Rules;

/// <summary>One thing wrong with a rule file.</summary>
/// <param name="File">The file.</param>
/// <param name="Entry">Id of the rule or key of the question; null when it is the file as a whole.</param>
/// <param name="Field">The field, or null.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record RuleFault(string File, string? Entry, string? Field, string Message)
{
    /// <inheritdoc />
    public override string ToString() => File + (Entry is null ? "" : $", {Entry}") + (Field is null ? "" : $", field {Field}") + ": " + Message;
}

/// <summary>The rule book cannot be used; the message lists every fault with file, rule and field.</summary>
public sealed class RuleBookException : Exception
{
    /// <summary>A book with these faults.</summary>
    public RuleBookException(IReadOnlyList<RuleFault> faults) : base("The rule book cannot be used:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"))) => Faults = faults;

    /// <summary>Everything wrong.</summary>
    public IReadOnlyList<RuleFault> Faults { get; }
}
