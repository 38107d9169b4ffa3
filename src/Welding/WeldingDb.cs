using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding;

/// <summary>The tables of Welding, seen through the one context.</summary>
internal sealed class WeldingDb(AnlanDb db)
{
    public DbSet<WeldingMachine> Machines => db.Set<WeldingMachine>();

    public AnlanDb Context => db;
}
