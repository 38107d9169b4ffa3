using System.Data.Common;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Npgsql;

namespace Anlan.Toolkit.Data;

/// <summary>Where an installation keeps its tables and its log.</summary>
/// <param name="Postgres">Connection string of PostgreSQL, for example <c>Host=…;Database=anlan;Username=anlan;Password=…</c>; null = SQLite files in the data folder.</param>
public sealed record DatabaseChoice(string? Postgres)
{
    private const string AutoPrepare = "Max Auto Prepare";
    private const string PoolSize = "Maximum Pool Size";

    /// <summary>SQLite files in the data folder.</summary>
    public static DatabaseChoice Sqlite { get; } = new((string?)null);

    /// <summary>
    /// How the tables are reached in PostgreSQL; null = SQLite. A statement that comes again is planned once a connection; a connection's settings, which
    /// nobody changes here, are not reset after each use; and more statements at once than this only slow each other down, while three servers still
    /// fit into the 100 connections of PostgreSQL as it comes. What the operator's connection string says of either counts.
    /// </summary>
    public string? Tables { get; } = Postgres is null ? null : ForTables(Postgres);

    /// <summary>Opens the hot log's store.</summary>
    public ILogStore OpenLog(DataFolder data) => Postgres is { } connection ? new PostgresLogStore(connection) : new SqliteLogStore(data.HotDatabase);

    /// <summary>Opens the store of measurements.</summary>
    public ITelemetryStore OpenTelemetry(DataFolder data) => Postgres is { } connection ? new PostgresTelemetryStore(connection) : new SqliteTelemetryStore(data.TelemetryDatabase);

    private static string ForTables(string connection)
    {
        var tables = new NpgsqlConnectionStringBuilder(connection);
        // Written out anew, every setting has its one name, however the operator spelt it.
        var asked = new DbConnectionStringBuilder { ConnectionString = tables.ConnectionString };
        tables.NoResetOnClose = true;
        if (!asked.ContainsKey(AutoPrepare)) tables.MaxAutoPrepare = 100;
        if (!asked.ContainsKey(PoolSize)) tables.MaxPoolSize = 16;
        return tables.ConnectionString;
    }
}
