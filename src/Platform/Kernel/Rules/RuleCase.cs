using Anlan.Kernel.Divisions;

namespace Anlan.Kernel.Rules;

/// <summary>What a question is asked about: where, what, and the dates that rules may name.</summary>
/// <param name="Today">The day of the judgement.</param>
public sealed record RuleCase(DateOnly Today)
{
    private readonly (string Name, DateOnly Day)[] _dates = [];

    /// <summary>The place; null for the city as a whole.</summary>
    public DivisionCode? Place { get; init; }

    /// <summary>The subject, such as a kind of machine; null when it is not known, and then every rule counts.</summary>
    public string? Subject { get; init; }

    /// <summary>The same case with a further date, such as the day on which a review is due.</summary>
    public RuleCase On(string name, DateOnly day) => this with { Dates = [.. _dates, (name, day)] };

    /// <summary>The date of a name.</summary>
    /// <exception cref="ArgumentException">The case does not tell it: a bug of whoever asks.</exception>
    public DateOnly DayOf(string name)
    {
        if (name == RuleQuestion.Today) return Today;
        foreach (var (known, day) in _dates)
        {
            if (known == name) return day;
        }

        throw new ArgumentException($"The case does not tell the date {name}.", nameof(name));
    }

    private (string Name, DateOnly Day)[] Dates { init => _dates = value; }
}
