using Anlan.ConfinedSpaces.Spaces;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.ConfinedSpaces;

/// <summary>The tables of ConfinedSpaces, seen through the one context.</summary>
internal sealed class ConfinedSpacesDb(AnlanDb db)
{
    public DbSet<ConfinedSpace> Spaces => db.Set<ConfinedSpace>();

    public AnlanDb Context => db;
}
