using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What ConfinedSpaces keeps of a person: the spaces for which somebody answers. An erasure leaves the space without anybody, which its page shows as lacking.</summary>
internal sealed class ResponsibleRecords(ConfinedSpacesDb db) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var spaces = await db.Spaces.AsNoTracking().Where(s => s.Responsible == person).OrderBy(s => s.Code).Select(s => new { s.Code, s.Name }).ToListAsync(stop);
        return [new PersonSection("spaces", ["space", "spaceName"], [.. spaces.Select(space => (string?[])[space.Code, space.Name])])];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) => [new ErasureLine("spaces", await db.Spaces.CountAsync(s => s.Responsible == person, stop), IsErased: true)];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        foreach (var space in await db.Spaces.Where(s => s.Responsible == person).ToListAsync(stop)) space.Responsible = null;
    }
}
