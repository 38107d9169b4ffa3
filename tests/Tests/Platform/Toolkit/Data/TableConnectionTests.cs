using Anlan.Toolkit.Data;
using Npgsql;

namespace Anlan.Tests.Platform.Toolkit.Data;

/// <summary>How the tables are reached in PostgreSQL; nothing is connected to here.</summary>
public sealed class TableConnectionTests
{
    [Fact]
    public void StatementsAreKeptPreparedAndConnectionsAreFewUnlessTheOperatorSaysOtherwise()
    {
        var usual = ConnectionOf("Host=nowhere;Database=anlan");
        Assert.Equal((100, 16, true, "anlan"), (usual.MaxAutoPrepare, usual.MaxPoolSize, usual.NoResetOnClose, usual.Database));

        foreach (var said in (string[])["Max Auto Prepare=0;Maximum Pool Size=40", "maxautoprepare=0;MaxPoolSize=40"])
        {
            var asked = ConnectionOf("Host=nowhere;" + said);
            Assert.Equal((0, 40), (asked.MaxAutoPrepare, asked.MaxPoolSize));
        }
    }

    private static NpgsqlConnectionStringBuilder ConnectionOf(string connection) => new(new DatabaseChoice(connection).Tables);
}
