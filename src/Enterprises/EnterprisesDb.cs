using Anlan.Enterprises.Employments;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises;

/// <summary>The tables of Enterprises, seen through the one context.</summary>
internal sealed class EnterprisesDb(AnlanDb db)
{
    public DbSet<Enterprise> Enterprises => db.Set<Enterprise>();

    public DbSet<Person> People => db.Set<Person>();

    public DbSet<FormerName> FormerNames => db.Set<FormerName>();

    public DbSet<Employment> Employments => db.Set<Employment>();

    public AnlanDb Context => db;
}
