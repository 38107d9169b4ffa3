using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Anlan.Toolkit.Data;

/// <summary>Tells an outage from a bug: the disk is full or gone, the database is away. What was asked was not done, and it may work again later without anybody mending the program.</summary>
public static class Outage
{
    /// <summary>Code of the refusal when the log could not take an entry: nothing was decided.</summary>
    public const string OfLog = "LogUnavailable";

    /// <summary>Code of the refusal when the tables could not be read or written.</summary>
    public const string OfTables = "StoreUnavailable";

    // BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private static readonly int[] Sqlite = [5, 6, 8, 10, 13, 14];

    // Connection lost or refused; resources such as the disk exhausted; server shutting down or starting.
    private static readonly string[] Postgres = ["08", "53", "57P"];

    /// <summary>Code of the refusal, or null when the failure is no outage.</summary>
    public static string? CodeOf(Exception? failed)
    {
        for (var at = failed; at is not null; at = at.InnerException)
        {
            if (at is LogUnavailableException) return OfLog;
            if (at is LeadLostException) return OfTables;
            if (at is SqliteException sqlite && Sqlite.Contains(sqlite.SqliteErrorCode)) return OfTables;
            if (at is PostgresException { SqlState: var state }) return Array.Exists(Postgres, prefix => state.StartsWith(prefix, StringComparison.Ordinal)) ? OfTables : null;
            if (at is NpgsqlException) return OfTables;
        }

        return null;
    }
}
