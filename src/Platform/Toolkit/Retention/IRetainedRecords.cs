using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Retention;

/// <summary>Whose records nobody deletes for now.</summary>
/// <param name="People">People.</param>
/// <param name="Enterprises">Enterprises.</param>
public sealed record Held(IReadOnlyList<Guid> People, IReadOnlyList<Guid> Enterprises);

/// <summary>How one kind of records stands.</summary>
/// <param name="All">All rows.</param>
/// <param name="Oldest">Time of the oldest one that has ended; null when there is none.</param>
/// <param name="Due">Rows past their term that may go.</param>
/// <param name="HeldBack">Rows past their term that a hold keeps.</param>
public sealed record RetentionStanding(int All, DateTimeOffset? Oldest, int Due, int HeldBack);

/// <summary>One kind of records that is kept for a term and then deleted. The log is none of them.</summary>
public interface IRetainedRecords
{
    /// <summary>Its key; the rule book is asked <c>keep.</c> and the key, and its name on screens is <c>Retention.Kind.</c> and the key.</summary>
    string Key { get; }

    /// <summary>How it stands.</summary>
    /// <param name="db">The context.</param>
    /// <param name="before">What ended before is past its term.</param>
    /// <param name="held">What nobody deletes.</param>
    /// <param name="stop">Gives up.</param>
    Task<RetentionStanding> LookAsync(AnlanDb db, DateTimeOffset before, Held held, CancellationToken stop);

    /// <summary>Deletes up to so many of the oldest rows past their term; how many. All of a row or nothing of it.</summary>
    Task<int> DeleteAsync(AnlanDb db, DateTimeOffset before, Held held, int most, CancellationToken stop);
}
