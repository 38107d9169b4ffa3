using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;

namespace Anlan.Toolkit.Data;

/// <summary>Where an installation keeps its tables and its log.</summary>
/// <param name="Postgres">Connection string of PostgreSQL, for example <c>Host=…;Database=anlan;Username=anlan;Password=…</c>; null = SQLite files in the data folder.</param>
public sealed record DatabaseChoice(string? Postgres)
{
    /// <summary>SQLite files in the data folder.</summary>
    public static DatabaseChoice Sqlite { get; } = new((string?)null);

    /// <summary>Opens the hot log's store.</summary>
    public ILogStore OpenLog(DataFolder data) => Postgres is { } connection ? new PostgresLogStore(connection) : new SqliteLogStore(data.HotDatabase);

    /// <summary>Opens the store of measurements.</summary>
    public ITelemetryStore OpenTelemetry(DataFolder data) => Postgres is { } connection ? new PostgresTelemetryStore(connection) : new SqliteTelemetryStore(data.TelemetryDatabase);
}
