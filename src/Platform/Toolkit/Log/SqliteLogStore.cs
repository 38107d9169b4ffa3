using Anlan.Kernel.Log;
using Microsoft.Data.Sqlite;

namespace Anlan.Toolkit.Log;

/// <summary>The hot log in a SQLite file of its own, so that page edits and device traffic do not wait for one lock. synchronous=FULL.</summary>
public sealed class SqliteLogStore : ILogStore
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        create table log(seq integer primary key, once text, entry blob not null, leaf blob not null);
        create unique index log_once on log(once) where once is not null;
        create table holds(key text primary key, owner text not null, value blob not null) without rowid;
        create table downlinks(seq integer primary key, id text not null unique, device text not null, channel text not null, payload blob not null, expires integer);
        """;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly Lock _reading = new();
    private readonly SqliteCommand _insertLog;
    private readonly SqliteCommand _insertHold;
    private readonly SqliteCommand _updateHold;
    private readonly SqliteCommand _deleteHold;
    private readonly SqliteCommand _insertDownlink;
    private readonly SqliteCommand _deleteDownlink;
    private long _lastSeq;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public SqliteLogStore(string file)
    {
        _writer = Open(file);
        Execute(_writer, "pragma journal_mode=wal");
        Execute(_writer, "pragma synchronous=full");
        Execute(_writer, "pragma wal_autocheckpoint=4000");
        Execute(_writer, "pragma cache_size=-65536");
        var version = Convert.ToInt32(Scalar(_writer, "pragma user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > SchemaVersion) throw new InvalidDataException($"{file} was written by a newer version of Anlan (schema {version}).");
        if (version == 0)
        {
            using var transaction = _writer.BeginTransaction();
            Execute(_writer, Schema);
            Execute(_writer, $"pragma user_version={SchemaVersion}");
            transaction.Commit();
        }

        _reader = Open(file);
        _lastSeq = (long)Scalar(_writer, "select coalesce(max(seq),0) from log")!;
        _insertLog = Prepare("insert into log(seq,once,entry,leaf) values($a,$b,$c,$d) on conflict(once) where once is not null do nothing", 4);
        _insertHold = Prepare("insert into holds(key,owner,value) values($a,$b,$c) on conflict do nothing", 3);
        _updateHold = Prepare("update holds set value=$c where key=$a and owner=$b", 3);
        _deleteHold = Prepare("delete from holds where key=$a and owner=$b", 2);
        _insertDownlink = Prepare("insert into downlinks(id,device,channel,payload,expires) values($a,$b,$c,$d,$e)", 5);
        _deleteDownlink = Prepare("delete from downlinks where id=$a", 1);
    }

    /// <inheritdoc />
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <inheritdoc />
    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        var results = new AppendResult[batch.Count];
        var seq = _lastSeq;
        using (var transaction = _writer.BeginTransaction())
        {
            foreach (var command in new[] { _insertLog, _insertHold, _updateHold, _deleteHold, _insertDownlink, _deleteDownlink }) command.Transaction = transaction;
            for (var i = 0; i < batch.Count; i++) results[i] = Write(transaction, batch[i], ref seq);
            transaction.Commit();
        }

        Volatile.Write(ref _lastSeq, seq);
        return results;
    }

    private AppendResult Write(SqliteTransaction transaction, LogDraft draft, ref long seq)
    {
        // Only a draft with conditions can fail half-way; a savepoint for every telemetry batch would cost more than the batch.
        var conditional = draft.Claims.Count + draft.Releases.Count + draft.Updates.Count > 0;
        if (conditional) transaction.Save("draft");
        if (TakeHolds(draft) is { } conflict)
        {
            transaction.Rollback("draft");
            return new AppendResult(AppendStatus.Conflict, 0, conflict);
        }

        var entry = LogEntry.Encode(draft.At, draft.Kind.Name, draft.Subject, draft.Body);
        if (Run(_insertLog, seq + 1, (object?)draft.Once ?? DBNull.Value, entry, LogEntry.LeafHash(entry)) == 0)
        {
            if (conditional) transaction.Rollback("draft");
            return new AppendResult(AppendStatus.Repeated, 0, null);
        }

        if (conditional) transaction.Release("draft");
        if (draft.Settle is { } settled) Run(_deleteDownlink, Text(settled));
        if (draft.Post is { } post) Run(_insertDownlink, Text(post.Id), post.Device, post.Channel, post.Payload, (object?)post.ExpiresAt?.ToUnixTimeMilliseconds() ?? DBNull.Value);
        return new AppendResult(AppendStatus.Appended, ++seq, null);
    }

    private string? TakeHolds(LogDraft draft)
    {
        foreach (var (key, owner) in draft.Releases)
        {
            if (Run(_deleteHold, key, Text(owner)) == 0) return key;
        }

        foreach (var update in draft.Updates)
        {
            if (Run(_updateHold, update.Key, Text(update.Owner), update.Value) == 0) return update.Key;
        }

        foreach (var claim in draft.Claims)
        {
            if (Run(_insertHold, claim.Key, Text(claim.Owner), claim.Value) == 0) return claim.Key;
        }

        return null;
    }

    /// <inheritdoc />
    public IReadOnlyList<LogEntry> Read(long after, int most)
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = "select seq, entry from log where seq > $after order by seq limit $most";
            command.Parameters.AddWithValue("$after", after);
            command.Parameters.AddWithValue("$most", most);
            using var rows = command.ExecuteReader();
            var entries = new List<LogEntry>();
            while (rows.Read()) entries.Add(LogEntry.Decode(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
            return entries;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<Hold> ReadHolds()
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = "select key, owner, value from holds";
            using var rows = command.ExecuteReader();
            var holds = new List<Hold>();
            while (rows.Read()) holds.Add(new Hold(rows.GetString(0), Guid.Parse(rows.GetString(1)), rows.GetFieldValue<byte[]>(2)));
            return holds;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<Downlink> ReadDownlinks()
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = "select id, device, channel, payload, expires from downlinks order by seq";
            using var rows = command.ExecuteReader();
            var downlinks = new List<Downlink>();
            while (rows.Read())
            {
                downlinks.Add(new Downlink(Guid.Parse(rows.GetString(0)), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3),
                    rows.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4))));
            }

            return downlinks;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var command in new[] { _insertLog, _insertHold, _updateHold, _deleteHold, _insertDownlink, _deleteDownlink }) command.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _writer.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (char)('a' + i) });
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }

    private static string Text(Guid id) => id.ToString("D");
}
