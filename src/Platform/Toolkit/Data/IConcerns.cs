namespace Anlan.Toolkit.Data;

/// <summary>Whom a record speaks of.</summary>
/// <param name="Kind"><c>enterprise</c>, <c>person</c> or <c>machine</c>, as in the audit.</param>
/// <param name="Id">Which one.</param>
public readonly record struct Concern(string Kind, Guid Id)
{
    /// <summary>An enterprise.</summary>
    public const string Enterprise = "enterprise";

    /// <summary>A person.</summary>
    public const string Person = "person";

    /// <summary>A machine.</summary>
    public const string Machine = "machine";
}

/// <summary>A record from which somebody works out figures of the subjects that it names: only those are worked out anew when it is committed or deleted.</summary>
public interface IConcerns
{
    /// <summary>The subjects.</summary>
    IEnumerable<Concern> Concerns();
}

/// <summary>Hears at each commit which subjects it spoke of.</summary>
public interface IConcernListener
{
    /// <summary>Called in the committer's turn: notes it and returns at once.</summary>
    void Concerned(Concern subject);
}
