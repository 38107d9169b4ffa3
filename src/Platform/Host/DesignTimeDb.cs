using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Anlan.Host;

/// <summary>Gives <c>./anlan migration</c> the model without starting the server.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<AnlanDb>
{
    /// <param name="args"><c>postgres</c> or nothing.</param>
    public AnlanDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AnlanDb>();
        DataServices.Use(options, args is ["postgres"] ? new DatabaseChoice("Host=nowhere") : DatabaseChoice.Sqlite, ":memory:");
        return new AnlanDb(options.Options, HostApplication.Modules, new CommitGate([]), Audience.OfEverything, TimeProvider.System, new CurrentActor());
    }
}
