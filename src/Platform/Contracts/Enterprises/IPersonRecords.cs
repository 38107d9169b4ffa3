using Anlan.Kernel.Outcomes;

namespace Anlan.Contracts.Enterprises;

/// <summary>
/// What one module keeps of people. Every module that keeps anything answers: for the file that a person may ask for, and for the erasure of a person. All of
/// them together are everything.
/// </summary>
public interface IPersonRecords
{
    /// <summary>Everything that the module keeps of the person, in full.</summary>
    Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop);

    /// <summary>What stands against erasing the person now, each with its rule.</summary>
    Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop);

    /// <summary>What an erasure would do to the module's records.</summary>
    Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop);

    /// <summary>Erases in the caller's unit of work: nothing is gone until the caller saves, and then all of it is.</summary>
    Task EraseAsync(PersonId person, CancellationToken stop);
}

/// <summary>A table in a person's file.</summary>
/// <param name="Key">Its name on screens is <c>PersonFile.</c> and the key.</param>
/// <param name="Columns">Names of its columns; on screens <c>PersonFile.Column.</c> and the name.</param>
/// <param name="Rows">Cells, as many as columns.</param>
public sealed record PersonSection(string Key, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>Files that the rows name, by name; they lie in the archive beside the table.</summary>
    public IReadOnlyList<PersonFile> Files { get; init; } = [];
}

/// <summary>A file in a person's file.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Content">Its bytes, opened.</param>
public sealed record PersonFile(string Name, byte[] Content);

/// <summary>What becomes of records when a person is erased.</summary>
/// <param name="Key">Its name on screens is <c>Erasure.Line.</c> and the key.</param>
/// <param name="Count">How many.</param>
/// <param name="IsErased">True when they go; false when they stay under the person's pseudonym, which names nobody any more.</param>
public sealed record ErasureLine(string Key, int Count, bool IsErased);

/// <summary>What the rule book is asked before a person is erased.</summary>
public static class ErasureQuestions
{
    /// <summary>A person who works for somebody is kept.</summary>
    public const string Employed = "erasure.employed";

    /// <summary>The holder of a certificate that carries work is kept.</summary>
    public const string Certified = "erasure.certified";

    /// <summary>A person with an open session is kept.</summary>
    public const string Working = "erasure.working";

    /// <summary>How long a person is kept after the last employment.</summary>
    public const string Kept = "keep.person";
}
