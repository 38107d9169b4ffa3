using Anlan.Contracts.Enterprises;
using Anlan.Host.Privacy.Retention;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.People;

/// <summary>Everything that stands against erasing a person: the modules' own reasons, and a hold.</summary>
internal sealed class Obstacles(AnlanDb db, IEnumerable<IPersonRecords> records)
{
    public async Task<IReadOnlyList<Refusal>> OfAsync(PersonId person, CancellationToken stop)
    {
        List<Refusal> found = [];
        foreach (var module in records) found.AddRange(await module.ObstaclesAsync(person, stop));
        var id = person.Value;
        if (await db.Set<LegalHold>().AsNoTracking().FirstOrDefaultAsync(h => h.Subject == id && h.ReleasedAt == null, stop) is { } hold) found.Add(new Refusal("ErasureHeld") { Measured = FactValue.Of(hold.SetAt) });
        return found;
    }
}
