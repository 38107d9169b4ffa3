using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Finds a space to show or change it. One out of scope is unknown: its code tells nothing to others.</summary>
internal sealed class FindSpace(ConfinedSpacesDb db, SpaceIndex index, CurrentScope scope)
{
    public static Refusal Unknown(string code) => new("SpaceUnknown") { Measured = FactValue.Text(code) };

    /// <summary>The facts of a space within scope, or null.</summary>
    public SpaceEntry? Entry(string code) => index.FindByCode(code.Trim()) is { } space && space.Anchor.IsWithin(scope.Now) ? space : null;

    /// <summary>The row of a space within scope, or null.</summary>
    public async Task<ConfinedSpace?> RowAsync(string code, CancellationToken stop) =>
        Entry(code) is { } space ? await db.Spaces.SingleOrDefaultAsync(s => s.Id == space.Id, stop) : null;
}
