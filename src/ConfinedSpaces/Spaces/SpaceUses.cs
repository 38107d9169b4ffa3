using Anlan.Contracts.Enterprises;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Enterprises that have spaces, and people who answer for them.</summary>
internal sealed class SpaceUses(SpaceIndex index) : IRecordUses
{
    public Task<IReadOnlySet<EnterpriseId>> OfAsync(IReadOnlyCollection<EnterpriseId> enterprises, CancellationToken stop) =>
        Task.FromResult<IReadOnlySet<EnterpriseId>>(enterprises.Where(enterprise => index.Of(enterprise).Any()).ToHashSet());

    public Task<IReadOnlySet<PersonId>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken stop)
    {
        var asked = people.ToHashSet();
        return Task.FromResult<IReadOnlySet<PersonId>>(index.All.Select(space => space.Responsible).OfType<PersonId>().Where(asked.Contains).ToHashSet());
    }
}
