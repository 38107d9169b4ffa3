using Anlan.Kernel.Divisions;

namespace Anlan.Kernel.Scopes;

/// <summary>
/// Whose records somebody may see and change at this moment: everything, what an organ supervises, one enterprise, one person, or
/// nothing. What one may do there is another question (permissions). A value of one moment: ask again for the next action.
/// </summary>
public sealed class Scope
{
    private static readonly IReadOnlySet<Guid> None = new HashSet<Guid>();

    private Scope()
    {
    }

    /// <summary>The platform itself, and whoever runs the installation.</summary>
    public static Scope Everything { get; } = new() { IsEverything = true };

    /// <summary>Nobody's: an account whose organ was never named.</summary>
    public static Scope Nothing { get; } = new();

    /// <summary>True for the platform itself and whoever runs the installation.</summary>
    public bool IsEverything { get; private init; }

    /// <summary>The one enterprise, for its own staff.</summary>
    public Guid? Enterprise { get; private init; }

    /// <summary>The one person, for a welder.</summary>
    public Guid? Person { get; private init; }

    /// <summary>The organ in whose name one acts.</summary>
    public Guid? Organ { get; private init; }

    /// <summary>That organ and those below it.</summary>
    public IReadOnlySet<Guid> Organs { get; private init; } = None;

    /// <summary>The divisions that the organ supervises; neither overlapping nor touching, in order.</summary>
    public IReadOnlyList<DivisionRange> Divisions { get; private init; } = [];

    /// <summary>Single enterprises that the organ supervises wherever they are.</summary>
    public IReadOnlySet<Guid> Enterprises { get; private init; } = None;

    /// <summary>Single enterprises that somebody else supervises although they lie in <see cref="Divisions"/>.</summary>
    public IReadOnlySet<Guid> Exceptions { get; private init; } = None;

    /// <summary>True for whoever acts for an organ or runs the installation, not for an enterprise or a person.</summary>
    public bool IsAuthority => IsEverything || Organ is not null;

    /// <summary>The staff of one enterprise.</summary>
    public static Scope OfEnterprise(Guid enterprise) => new() { Enterprise = enterprise };

    /// <summary>One person and what is that person's own.</summary>
    public static Scope OfPerson(Guid person) => new() { Person = person };

    /// <summary>An organ's staff.</summary>
    /// <param name="organ">The organ.</param>
    /// <param name="organs">It and those below it.</param>
    /// <param name="divisions">What they supervise, by division.</param>
    /// <param name="enterprises">What they supervise, by enterprise.</param>
    /// <param name="exceptions">What others supervise inside these divisions, by enterprise.</param>
    public static Scope OfOrgan(Guid organ, IEnumerable<Guid> organs, IEnumerable<DivisionRange> divisions, IEnumerable<Guid> enterprises, IEnumerable<Guid> exceptions) => new()
    {
        Organ = organ,
        Organs = organs.Append(organ).ToHashSet(),
        Divisions = [.. divisions],
        Enterprises = enterprises.ToHashSet(),
        Exceptions = exceptions.ToHashSet(),
    };

    /// <summary>True when a place lies in it; for entering something new there, which only authorities do.</summary>
    public bool Covers(DivisionCode division) => IsEverything || Lies(division);

    /// <summary>True when a record of an enterprise at a place lies in it. Where the place is unknown, only the enterprise counts.</summary>
    public bool Covers(DivisionCode? place, Guid? enterprise)
    {
        if (IsEverything) return true;
        if (Enterprise is { } own) return enterprise == own;
        if (enterprise is { } one && Enterprises.Contains(one)) return true;
        if (enterprise is { } other && Exceptions.Contains(other)) return false;
        return place is { } division && Lies(division);
    }

    /// <summary>True for the own organ and those below it.</summary>
    public bool CoversOrgan(Guid? organ) => IsEverything || (organ is { } one && Organs.Contains(one));

    // The last range that does not begin after the division is the only one that can hold it.
    private bool Lies(DivisionCode division)
    {
        var (low, high) = (0, Divisions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Divisions[middle].From <= division) low = middle + 1;
            else high = middle;
        }

        return low > 0 && Divisions[low - 1].Covers(division);
    }
}
