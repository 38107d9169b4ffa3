using Anlan.Contracts.Enterprises;

namespace Anlan.Contracts.ConfinedSpaces;

/// <summary>Asks whether people may be in a confined space. Without an approved permit nobody may (Order 13, art. 7).</summary>
public interface IEntryPermits
{
    /// <summary>The permit under which people may be in the space at a moment, as known now.</summary>
    ValueTask<EntryPermitAnswer> FindActiveAsync(SpaceId space, DateTimeOffset at, CancellationToken stop);
}

/// <summary>What is known of a permit for a space at a moment.</summary>
/// <param name="IsKept">False when no module of this installation keeps permits: then every presence is an intrusion, and screens say why.</param>
/// <param name="Permit">The permit, or null: nobody may be inside.</param>
public sealed record EntryPermitAnswer(bool IsKept, EntryPermit? Permit)
{
    /// <summary>No module of this installation keeps permits.</summary>
    public static EntryPermitAnswer NotKept { get; } = new(false, null);

    /// <summary>Permits are kept, and none covers the space at the moment.</summary>
    public static EntryPermitAnswer None { get; } = new(true, null);
}

/// <summary>An entry permit (有限空间作业票) in force.</summary>
/// <param name="Id">The permit.</param>
/// <param name="Number">Its number on paper and screens.</param>
/// <param name="Entrants">How many people may be inside at once.</param>
/// <param name="Attendant">The attendant named on it, or null while none is named.</param>
/// <param name="Until">When it ends.</param>
public sealed record EntryPermit(Guid Id, string Number, int Entrants, PersonId? Attendant, DateTimeOffset Until);
