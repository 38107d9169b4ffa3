using Anlan.Kernel.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Anlan.Toolkit.Log;

/// <summary>The hot log in a SQLite file of its own, so that page edits and device traffic do not wait for one lock. synchronous=FULL.</summary>
public sealed class SqliteLogStore : ILogStore
{
    private const int SchemaVersion = 2;

    private const string Schema = """
        create table log(seq integer primary key, once text, entry blob not null, leaf blob not null);
        create table holds(key text primary key, owner text not null, value blob not null) without rowid;
        create table downlinks(seq integer primary key, id text not null unique, device text not null, channel text not null, payload blob not null, expires integer);
        """;

    private const string OnceSchema = "create table once(scope text not null, block integer not null, used blob not null, primary key(scope, block)) without rowid";

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly Lock _reading = new();
    private readonly List<PreparedStatement> _statements = [];
    private readonly PreparedStatement _begin;
    private readonly PreparedStatement _commit;
    private readonly PreparedStatement _rollback;
    private readonly PreparedStatement _insertLog;
    private readonly PreparedStatement _insertHold;
    private readonly PreparedStatement _updateHold;
    private readonly PreparedStatement _deleteHold;
    private readonly PreparedStatement _insertDownlink;
    private readonly PreparedStatement _deleteDownlink;
    private readonly HoldOwners _owners;
    private readonly OnceKeys _once;
    private long _lastSeq;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public SqliteLogStore(string file)
    {
        _writer = Open(file);
        // A group of entries fills few large pages, and no hold or command spills over its page: half the work of small ones. Only a new file takes it.
        Execute(_writer, "pragma page_size=8192");
        Execute(_writer, "pragma journal_mode=wal");
        Execute(_writer, "pragma synchronous=full");
        Execute(_writer, "pragma wal_autocheckpoint=1000");
        Execute(_writer, "pragma cache_size=-65536");
        Execute(_writer, "pragma busy_timeout=30000");
        var version = Convert.ToInt32(Scalar(_writer, "pragma user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > SchemaVersion) throw new InvalidDataException($"{file} was written by a newer version of Anlan (schema {version}).");
        _reader = Open(file);
        if (version < SchemaVersion)
        {
            using var transaction = _writer.BeginTransaction();
            if (version == 0) Execute(_writer, Schema);
            Execute(_writer, OnceSchema);
            if (version == 1) KeepOnceKeys();
            Execute(_writer, $"pragma user_version={SchemaVersion}");
            transaction.Commit();
        }

        _owners = new HoldOwners(ReadHolds());
        _lastSeq = (long)Scalar(_writer, "select coalesce(max(seq),0) from log")!;
        (_begin, _commit, _rollback) = (Prepare("begin immediate"), Prepare("commit"), Prepare("rollback"));
        _insertLog = Prepare("insert into log(seq,once,entry,leaf) values(?,?,?,?)");
        _insertHold = Prepare("insert into holds(key,owner,value) values(?,?,?) on conflict do nothing");
        _updateHold = Prepare("update holds set value=? where key=? and owner=?");
        _deleteHold = Prepare("delete from holds where key=? and owner=?");
        _insertDownlink = Prepare("insert into downlinks(id,device,channel,payload,expires) values(?,?,?,?,?)");
        _deleteDownlink = Prepare("delete from downlinks where id=?");
        _once = new OnceKeys(Prepare(OnceKeys.Find), Prepare(OnceKeys.Write));
    }

    /// <inheritdoc />
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <inheritdoc />
    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        var results = new AppendResult[batch.Count];
        var seq = _lastSeq;
        _begin.Run();
        try
        {
            for (var i = 0; i < batch.Count; i++) results[i] = Write(batch[i], ref seq);
            _once.Save();
            _commit.Run();
            _owners.Commit();
            _once.Commit();
        }
        catch
        {
            _owners.Rollback();
            _once.Rollback();
            // Some errors have rolled back already; whatever is left of the transaction must not meet the next batch.
            if (raw.sqlite3_get_autocommit(_writer.Handle) == 0) _rollback.Run();
            throw;
        }

        Volatile.Write(ref _lastSeq, seq);
        return results;
    }

    private AppendResult Write(LogDraft draft, ref long seq)
    {
        // Asked in memory first, so that no savepoint is needed to take half a draft back; the table has the last word below.
        if (_owners.ConflictOf(draft) is { } conflict) return new AppendResult(AppendStatus.Conflict, 0, conflict);
        if (draft.Once is { } once && !_once.TryUse(once)) return new AppendResult(AppendStatus.Repeated, 0, null);
        var entry = LogEntry.Encode(draft.At, draft.Kind.Name, draft.Subject, draft.Body);
        _insertLog.With(seq + 1).With(draft.Once).With(entry).With(LogEntry.LeafHash(entry)).Run();
        foreach (var (key, owner) in draft.Releases) Surely(_deleteHold.With(key).With(owner).Run(), key);
        foreach (var update in draft.Updates) Surely(_updateHold.With(update.Value).With(update.Key).With(update.Owner).Run(), update.Key);
        foreach (var claim in draft.Claims) Surely(_insertHold.With(claim.Key).With(claim.Owner).With(claim.Value).Run(), claim.Key);
        _owners.Apply(draft);
        if (draft.Settle is { } settled) _deleteDownlink.With(settled).Run();
        if (draft.Post is { } post)
        {
            _insertDownlink.With(post.Id).With(post.Device).With(post.Channel).With(post.Payload);
            (post.ExpiresAt is { } expiry ? _insertDownlink.With(expiry.ToUnixTimeMilliseconds()) : _insertDownlink.WithNull()).Run();
        }

        return new AppendResult(AppendStatus.Appended, ++seq, null);
    }

    // Somebody else wrote into the file: nothing of the batch may stand.
    private static void Surely(int rows, string key)
    {
        if (rows != 1) throw new InvalidDataException($"The log's table of holds and its memory disagree about {key}; is a second server using this file?");
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
        foreach (var statement in _statements) statement.Dispose();
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

    // Files of the first version had an index over all keys.
    private void KeepOnceKeys()
    {
        using var find = new PreparedStatement(_writer.Handle!, OnceKeys.Find);
        using var write = new PreparedStatement(_writer.Handle!, OnceKeys.Write);
        var keys = new OnceKeys(find, write);
        using var command = _writer.CreateCommand();
        command.CommandText = "select once from log where once is not null order by once";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) keys.TryUse(rows.GetString(0));
        }

        keys.Save();
        Execute(_writer, "drop index log_once");
    }

    private PreparedStatement Prepare(string sql)
    {
        var statement = new PreparedStatement(_writer.Handle!, sql);
        _statements.Add(statement);
        return statement;
    }
}
