using Anlan.Kernel.Outcomes;

namespace Anlan.Kernel.Rules;

/// <summary>A rule that applies to a case, and the day that made it apply.</summary>
/// <param name="Rule">The rule in the version of that day.</param>
/// <param name="On">The day that the rule itself names.</param>
public sealed record AppliedRule(Rule Rule, DateOnly On);

/// <summary>The book's answer: every rule that applies, the strictest first. It decides; all are shown.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Rules">At least one.</param>
public sealed record RuleAnswer(RuleQuestion Question, IReadOnlyList<AppliedRule> Rules)
{
    /// <summary>The strictest rule.</summary>
    public Rule Deciding => Rules[0].Rule;

    /// <summary>False when the rules that apply say that nothing is demanded.</summary>
    public bool IsDemanded => Question.Sense == RuleSense.Must || Deciding.Limit is not null;

    /// <summary>The deciding limit.</summary>
    /// <exception cref="InvalidOperationException">Nothing is demanded, or the question has no number.</exception>
    public double Limit => Deciding.Limit ?? throw new InvalidOperationException($"{Deciding.Id} has no limit.");

    /// <summary>The deciding limit as a duration.</summary>
    public TimeSpan Span => RuleUnits.Span(Limit, Deciding.Unit);

    /// <summary>True when a measured value keeps every rule; what is not demanded is always kept.</summary>
    public bool IsKeptBy(double measured) => Question.Sense switch
    {
        _ when !IsDemanded => true,
        RuleSense.AtMost => measured <= Limit,
        RuleSense.AtLeast => measured >= Limit,
        _ => throw new InvalidOperationException($"{Question.Key} measures nothing."),
    };

    /// <summary>A refusal by the deciding rule that names the others too.</summary>
    /// <param name="code">Reason code.</param>
    /// <param name="measured">What was found.</param>
    /// <param name="limit">What is allowed, where it is not the rule's own number.</param>
    public Refusal Refuse(string code, FactValue? measured = null, FactValue? limit = null) => new(code)
    {
        Rule = Deciding.Id,
        RuleOn = Rules[0].On,
        Measured = measured,
        Limit = limit,
        OtherRules = Rules.Count == 1 ? null : [.. Rules.Skip(1).Select(other => new OtherRule(other.Rule.Id, other.On, other.Rule.Limit, other.Rule.Unit))],
    };
}
