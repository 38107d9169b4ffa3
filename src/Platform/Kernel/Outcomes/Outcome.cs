namespace Anlan.Kernel.Outcomes;

/// <summary>The answer of a slice that yields nothing but success: done, or refused with every reason.</summary>
public class Outcome
{
    /// <summary>Everything that stood against it, the most important first; empty on success.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>True when the work was done.</summary>
    public bool IsDone => Refusals.Count == 0;

    /// <summary>Creates an outcome from its refusals.</summary>
    protected Outcome(IReadOnlyList<Refusal> refusals) => Refusals = refusals;

    /// <summary>Success.</summary>
    public static Outcome Done { get; } = new([]);

    /// <summary>Refused, with at least one reason.</summary>
    public static Outcome Refused(params IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new Outcome(refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));

    /// <summary>Refused for one reason without further values.</summary>
    public static Outcome Refused(string code) => new([new Refusal(code)]);

    /// <summary>Success with a value.</summary>
    public static Outcome<T> Of<T>(T value) => value;
}

/// <summary>The answer of a slice: a value, or the reasons why not. Never an exception for an expected "no".</summary>
/// <typeparam name="T">What success yields.</typeparam>
public sealed class Outcome<T> : Outcome
{
    private readonly T? _value;

    private Outcome(T value) : base([]) => _value = value;

    private Outcome(IReadOnlyList<Refusal> refusals) : base(refusals) => _value = default;

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">The outcome was refused.</exception>
    public T Value => IsDone ? _value! : throw new InvalidOperationException($"Refused: {Refusals[0].Code}.");

    /// <summary>Refused, with at least one reason.</summary>
    public static new Outcome<T> Refused(params IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new Outcome<T>(refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));

    /// <summary>A value is a success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value);

    /// <summary>A refusal is a failure.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new([refusal]);
}
