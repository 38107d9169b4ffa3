using Anlan.Kernel.Log;
using Npgsql;
using NpgsqlTypes;

namespace Anlan.Toolkit.Log;

/// <summary>
/// The hot log in PostgreSQL, in a schema of its own. A batch is one transaction of a handful of statements whatever its size; every
/// statement says how many rows it must write, and nothing stands when one writes fewer. One writer at a time, kept by an advisory lock.
/// </summary>
public sealed class PostgresLogStore : ILogStore
{
    internal const int SchemaVersion = 1;
    private const long WriterLock = 0x416E6C616E; // "Anlan"

    internal const string Schema = """
        create schema if not exists hot;
        create table if not exists hot.version(version int not null);
        create table if not exists hot.log(seq bigint primary key, once text collate "C", entry bytea not null, leaf bytea not null);
        create unique index if not exists log_once on hot.log(once) where once is not null;
        create table if not exists hot.holds(key text collate "C" primary key, owner uuid not null, value bytea not null);
        create table if not exists hot.downlinks(id uuid primary key, nr bigint generated always as identity, device text not null, channel text not null, payload bytea not null, expires bigint);
        """;

    private readonly NpgsqlDataSource _source;
    private NpgsqlConnection? _writer;
    private readonly HoldOwners _owners;
    private long _lastSeq;

    /// <summary>Opens or makes the tables and becomes their one writer.</summary>
    /// <exception cref="InvalidDataException">The tables were written by a newer version.</exception>
    /// <exception cref="InvalidOperationException">Another server writes here, or the server does not keep what it confirms.</exception>
    public PostgresLogStore(string connection)
    {
        _source = NpgsqlDataSource.Create(connection);
        try
        {
            BecomeWriter();
            Execute(Schema);
            var version = (int?)Scalar("select max(version) from hot.version");
            if (version > SchemaVersion) throw new InvalidDataException($"The hot log was written by a newer version of Anlan (schema {version}).");
            if (version is null) Execute($"insert into hot.version values ({SchemaVersion})");
            _lastSeq = (long)Scalar("select coalesce(max(seq), 0) from hot.log")!;
            _owners = new HoldOwners(ReadHolds(), ReadDownlinks());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <inheritdoc />
    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        var writer = Writer();
        using var transaction = writer.BeginTransaction();
        try
        {
            var plan = new PostgresLogBatch(batch, Known(batch), _owners, _lastSeq);
            if (plan.LastSeq > _lastSeq) Write(plan, writer, transaction);
            transaction.Commit();
            _owners.Commit();
            Volatile.Write(ref _lastSeq, plan.LastSeq);
            return plan.Results;
        }
        catch
        {
            _owners.Rollback();
            throw;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<LogEntry> Read(long after, int most)
    {
        using var command = _source.CreateCommand("select seq, entry from hot.log where seq > $1 order by seq limit $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        using var rows = command.ExecuteReader();
        var entries = new List<LogEntry>();
        while (rows.Read()) entries.Add(LogEntry.Decode(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        return entries;
    }

    /// <inheritdoc />
    public byte[]? ReadBytes(long seq)
    {
        using var command = _source.CreateCommand("select entry from hot.log where seq = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seq });
        return (byte[]?)command.ExecuteScalar();
    }

    /// <inheritdoc />
    public IReadOnlyList<byte[]> ReadLeaves(long after, int most)
    {
        using var command = _source.CreateCommand("select leaf from hot.log where seq > $1 order by seq limit $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        using var rows = command.ExecuteReader();
        var leaves = new List<byte[]>();
        while (rows.Read()) leaves.Add(rows.GetFieldValue<byte[]>(0));
        return leaves;
    }

    /// <inheritdoc />
    public IReadOnlyList<Hold> ReadHolds()
    {
        using var command = _source.CreateCommand("select key, owner, value from hot.holds");
        using var rows = command.ExecuteReader();
        var holds = new List<Hold>();
        while (rows.Read()) holds.Add(new Hold(rows.GetString(0), rows.GetGuid(1), rows.GetFieldValue<byte[]>(2)));
        return holds;
    }

    /// <inheritdoc />
    public IReadOnlyList<Downlink> ReadDownlinks()
    {
        using var command = _source.CreateCommand("select id, device, channel, payload, expires from hot.downlinks order by nr");
        using var rows = command.ExecuteReader();
        var downlinks = new List<Downlink>();
        while (rows.Read())
        {
            downlinks.Add(new Downlink(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3),
                rows.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4))));
        }

        return downlinks;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writer?.Dispose();
        _source.Dispose();
    }

    /// <summary>The writer's connection; opened anew when it broke, if nothing was written that nobody heard of.</summary>
    private NpgsqlConnection Writer()
    {
        if (_writer is { FullState: System.Data.ConnectionState.Open } open) return open;
        BecomeWriter();
        // The batch whose confirmation was lost is in the log: memory and table part ways, and only a start brings them together.
        if ((long)Scalar("select coalesce(max(seq), 0) from hot.log")! is var last && last != _lastSeq)
        {
            throw new InvalidDataException($"The connection broke while a batch was being confirmed; the log ends at {last}, this server knows {_lastSeq}. Start Anlan again.");
        }

        return _writer!;
    }

    /// <exception cref="InvalidOperationException">Another server writes here, or the server does not keep what it confirms.</exception>
    private void BecomeWriter()
    {
        _writer?.Dispose();
        _writer = _source.OpenConnection();
        Execute("set synchronous_commit = on");
        // What was acknowledged must survive a power cut: asked of the server, never assumed.
        foreach (var (setting, needed) in ((string, string)[])[("synchronous_commit", "on"), ("fsync", "on"), ("full_page_writes", "on")])
        {
            if ((string)Scalar($"show {setting}")! is var found && found != needed)
            {
                throw new InvalidOperationException($"PostgreSQL runs with {setting} = {found}; Anlan needs {setting} = {needed}, or a power cut could lose decisions.");
            }
        }

        try
        {
            // A server that was just killed may hold the lock for a moment.
            Execute("set lock_timeout = '15s'");
            Execute($"select pg_advisory_lock({WriterLock})");
            Execute("set lock_timeout = 0");
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new InvalidOperationException("Another Anlan server writes to this database; stop it first.", taken);
        }
    }

    /// <summary>Which of the batch's once-keys are in the log already.</summary>
    private HashSet<string> Known(IReadOnlyList<LogDraft> batch)
    {
        var asked = batch.Select(draft => draft.Once).OfType<string>().ToArray();
        if (asked.Length == 0) return [];
        using var command = new NpgsqlCommand("select once from hot.log where once = any($1)", _writer);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = asked });
        using var rows = command.ExecuteReader();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read()) known.Add(rows.GetString(0));
        return known;
    }

    private static void Write(PostgresLogBatch plan, NpgsqlConnection writer, NpgsqlTransaction transaction)
    {
        using var batch = new NpgsqlBatch(writer, transaction);
        var expected = new List<(NpgsqlBatchCommand Command, int Rows, string What)>();
        void Add(string what, int rows, string sql, params NpgsqlParameter[] parameters)
        {
            if (rows == 0) return;
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
            expected.Add((command, rows, what));
        }

        Add("entries", plan.Entries.Count, "insert into hot.log(seq, once, entry, leaf) select * from unnest($1, $2, $3, $4) on conflict (once) where once is not null do nothing",
            Array(plan.Entries, entry => entry.Seq), Array(plan.Entries, entry => entry.Once), Array(plan.Entries, entry => entry.Bytes), Array(plan.Entries, entry => entry.Leaf));
        Add("released holds", plan.Released.Count, "delete from hot.holds h using unnest($1, $2) as r(key, owner) where h.key = r.key and h.owner = r.owner",
            Array(plan.Released, hold => hold.Key), Array(plan.Released, hold => hold.Owner));
        Add("changed holds", plan.Updated.Count, "update hot.holds h set value = u.value from unnest($1, $2, $3) as u(key, owner, value) where h.key = u.key and h.owner = u.owner",
            Array(plan.Updated, hold => hold.Key), Array(plan.Updated, hold => hold.Owner), Array(plan.Updated, hold => hold.Value));
        Add("claimed holds", plan.Claimed.Count, "insert into hot.holds(key, owner, value) select * from unnest($1, $2, $3) on conflict do nothing",
            Array(plan.Claimed, hold => hold.Key), Array(plan.Claimed, hold => hold.Owner), Array(plan.Claimed, hold => hold.Value));
        Add("posted commands", plan.Posted.Count, """
            insert into hot.downlinks(id, device, channel, payload, expires)
            select id, device, channel, payload, expires from unnest($1, $2, $3, $4, $5) with ordinality as d(id, device, channel, payload, expires, nr) order by nr
            """,
            Array(plan.Posted, post => post.Id), Array(plan.Posted, post => post.Device), Array(plan.Posted, post => post.Channel), Array(plan.Posted, post => post.Payload),
            Array(plan.Posted, post => post.ExpiresAt?.ToUnixTimeMilliseconds()));
        if (plan.Settled.Count > 0)
        {
            var settle = new NpgsqlBatchCommand("delete from hot.downlinks where id = any($1)");
            settle.Parameters.Add(Array(plan.Settled, id => id));
            batch.BatchCommands.Add(settle);
        }

        batch.ExecuteNonQuery();
        foreach (var (command, rows, what) in expected)
        {
            if (command.RecordsAffected != rows) throw new InvalidDataException($"The log in PostgreSQL and its memory disagree: {command.RecordsAffected} of {rows} {what} were written; is a second server using this database?");
        }
    }

    private static NpgsqlParameter Array<TItem, TValue>(List<TItem> items, Func<TItem, TValue> value) => new NpgsqlParameter<TValue[]> { TypedValue = [.. items.Select(value)] };

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _writer);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, _writer);
        return command.ExecuteScalar() is var found && found is DBNull ? null : found;
    }
}
