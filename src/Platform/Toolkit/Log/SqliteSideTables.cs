using Microsoft.Data.Sqlite;

namespace Anlan.Toolkit.Log;

/// <summary>Holds and undelivered commands of a log's file: what the tables say, and on top what was changed since (<see cref="LogChanges"/>).</summary>
/// <param name="Holds">The holds by key.</param>
/// <param name="Commands">The undelivered commands by id, with the position of the entry that posted them.</param>
internal sealed record SqliteSideTables(Dictionary<string, Hold> Holds, Dictionary<Guid, Posted> Commands)
{
    /// <summary>The tables, and the changes that they do not know yet.</summary>
    public const string Schema = """
        create table holds(key text primary key, owner text not null, value blob not null) without rowid;
        create table downlinks(id text primary key, seq integer not null, device text not null, channel text not null, payload blob not null, expires integer) without rowid;
        create table changes(seq integer primary key, body blob not null);
        """;

    /// <summary>Brings a file of the second version here; its tables know everything.</summary>
    public const string FromSecond = """
        alter table downlinks rename to downlinks_before;
        create table downlinks(id text primary key, seq integer not null, device text not null, channel text not null, payload blob not null, expires integer) without rowid;
        insert into downlinks select id, seq, device, channel, payload, expires from downlinks_before;
        drop table downlinks_before;
        create table changes(seq integer primary key, body blob not null);
        """;

    /// <summary>The undelivered commands in the order in which they were posted.</summary>
    public IReadOnlyList<Downlink> InOrder => [.. Commands.Values.OrderBy(posted => posted.Seq).Select(posted => posted.Command)];

    /// <summary>Reads only the tables.</summary>
    public static SqliteSideTables ReadTables(SqliteConnection file)
    {
        var tables = new SqliteSideTables(new Dictionary<string, Hold>(StringComparer.Ordinal), []);
        Read(file, "select key, owner, value from holds", row => tables.Holds[row.GetString(0)] = new Hold(row.GetString(0), Guid.Parse(row.GetString(1)), row.GetFieldValue<byte[]>(2)));
        Read(file, "select seq, id, device, channel, payload, expires from downlinks", row =>
        {
            var expires = row.IsDBNull(5) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5));
            var command = new Downlink(Guid.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4), expires);
            tables.Commands[command.Id] = new Posted(row.GetInt64(0), command);
        });
        return tables;
    }

    /// <summary>Reads how it stands now, in one look at the file.</summary>
    /// <exception cref="FormatException">The changes cannot be read.</exception>
    public static SqliteSideTables ReadNow(SqliteConnection file)
    {
        using var look = file.BeginTransaction(deferred: true);
        var tables = ReadTables(file);
        ReadChanges(file, _ => { }, new Overlay(tables));
        return tables;
    }

    /// <summary>Reads the changes that the tables may not know yet, in order.</summary>
    /// <param name="file">The log's file.</param>
    /// <param name="at">Told the last position of each commit before its changes.</param>
    /// <param name="sink">Who wants to know.</param>
    public static void ReadChanges(SqliteConnection file, Action<long> at, LogChanges.ISink sink) => Read(file, "select seq, body from changes order by seq", row =>
    {
        at(row.GetInt64(0));
        LogChanges.Read(row.GetFieldValue<byte[]>(1), sink);
    });

    private static void Read(SqliteConnection file, string sql, Action<SqliteDataReader> take)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read()) take(rows);
    }

    private sealed class Overlay(SqliteSideTables tables) : LogChanges.ISink
    {
        public void Hold(Hold hold) => tables.Holds[hold.Key] = hold;

        public void Release(string key) => tables.Holds.Remove(key);

        public void Post(Posted posted) => tables.Commands[posted.Command.Id] = posted;

        public void Settle(Guid command) => tables.Commands.Remove(command);
    }
}
