using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Anlan.Host;

/// <summary>Gives <c>./anlan migration</c> the model without starting the server.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<AnlanDb>
{
    public AnlanDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<AnlanDb>().UseSqlite("Data Source=:memory:", sqlite => sqlite.MigrationsAssembly(DataServices.SqliteMigrations)).Options,
        HostApplication.Modules, new CommitGate([]), TimeProvider.System, new CurrentActor());
}
