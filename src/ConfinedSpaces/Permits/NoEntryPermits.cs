using Anlan.Contracts.ConfinedSpaces;

namespace Anlan.ConfinedSpaces.Permits;

/// <summary>
/// The truth of an installation in which no module keeps entry permits: nobody can show one, so every presence in a space is an intrusion, and screens say
/// why. The module that keeps permits registers its own answer instead of this one.
/// </summary>
internal sealed class NoEntryPermits : IEntryPermits
{
    public ValueTask<EntryPermitAnswer> FindActiveAsync(SpaceId space, DateTimeOffset at, CancellationToken stop) => ValueTask.FromResult(EntryPermitAnswer.NotKept);
}
