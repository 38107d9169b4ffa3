using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>Finds an import of whoever acts: the file may hold what nobody else may read.</summary>
internal sealed class OwnRun(AnlanDb db, CurrentActor current)
{
    public Task<ImportRun?> FindAsync(Guid id, CancellationToken stop) => db.Set<ImportRun>().SingleOrDefaultAsync(r => r.Id == id && r.Account == current.Actor.Account, stop);

    public IQueryable<ImportRun> All => db.Set<ImportRun>().AsNoTracking().Where(r => r.Account == current.Actor.Account);

    public static Outcome Unknown => Outcome.Refused("ImportUnknown");

    public static Refusal NotNow(ImportRun run) => new("ImportNotNow") { Measured = FactValue.Word("Imports.State." + run.State) };
}
