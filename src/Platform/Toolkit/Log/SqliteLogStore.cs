using Anlan.Kernel.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Anlan.Toolkit.Log;

/// <summary>The hot log in a SQLite file of its own, so that page edits and device traffic do not wait for one lock. synchronous=FULL.</summary>
public sealed class SqliteLogStore : ILogStore
{
    private const int SchemaVersion = 3;

    private const string Schema = "create table log(seq integer primary key, once text, entry blob not null, leaf blob not null)";

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly Lock _reading = new();
    private readonly List<PreparedStatement> _statements = [];
    private readonly PreparedStatement _begin;
    private readonly PreparedStatement _commit;
    private readonly PreparedStatement _rollback;
    private readonly PreparedStatement _insertLog;
    private readonly PreparedStatement _insertChanges;
    private readonly PreparedStatement _clearChanges;
    private readonly LogChanges _changes = new();
    private readonly TrailingRows<string, Hold> _holds;
    private readonly TrailingRows<Guid, Posted> _commands;
    private readonly Follow _follow;
    private readonly HoldOwners _owners;
    private readonly SqliteOnceRows _onceRows;
    private readonly OnceKeys _once;
    private readonly long _trail;
    private readonly long _clearing;
    private long _lastSeq;

    /// <summary>Opens or makes the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trail">So many entries behind the last one do the tables of holds and commands follow: a session that ends within it never reaches them.</param>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public SqliteLogStore(string file, int trail = 32_768)
    {
        (_trail, _clearing) = (trail, Math.Max(1, trail / 32));
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
            Upgrade(version);
            Execute(_writer, $"pragma user_version={SchemaVersion}");
            transaction.Commit();
        }

        _owners = new HoldOwners(ReadHolds(), ReadDownlinks());
        _lastSeq = (long)Scalar(_writer, "select coalesce(max(seq),0) from log")!;
        (_begin, _commit, _rollback) = (Prepare("begin immediate"), Prepare("commit"), Prepare("rollback"));
        _insertLog = Prepare("insert into log(seq,once,entry,leaf) values(?,?,?,?)");
        (_insertChanges, _clearChanges) = (Prepare("insert into changes(seq,body) values(?,?)"), Prepare("delete from changes where seq<=?"));
        var (writeHold, deleteHold) = (Prepare("insert or replace into holds(key,owner,value) values(?,?,?)"), Prepare("delete from holds where key=?"));
        var (writeCommand, deleteCommand) = (Prepare("insert or replace into downlinks(id,seq,device,channel,payload,expires) values(?,?,?,?,?,?)"), Prepare("delete from downlinks where id=?"));
        var tables = SqliteSideTables.ReadTables(_reader);
        _holds = new TrailingRows<string, Hold>(tables.Holds.Keys, hold => writeHold.With(hold.Key).With(hold.Owner).With(hold.Value).Run(), key => deleteHold.With(key).Run());
        _commands = new TrailingRows<Guid, Posted>(tables.Commands.Keys, posted => Write(writeCommand, posted), id => deleteCommand.With(id).Run());
        _follow = new Follow(_holds, _commands);
        SqliteSideTables.ReadChanges(_reader, seq => _follow.Seq = seq, _follow);
        _onceRows = new SqliteOnceRows(_writer.Handle!);
        _once = new OnceKeys(_onceRows);
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
            WriteChanges(seq);
            _commit.Run();
        }
        catch
        {
            _owners.Rollback();
            _once.Rollback();
            _changes.Clear();
            _holds.Rollback();
            _commands.Rollback();
            // Some errors have rolled back already; whatever is left of the transaction must not meet the next batch.
            if (raw.sqlite3_get_autocommit(_writer.Handle) == 0) _rollback.Run();
            throw;
        }

        _owners.Commit();
        _once.Commit();
        _holds.Commit();
        _commands.Commit();
        _follow.Seq = seq;
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].IsAppended) LogChanges.Visit(results[i].Seq, batch[i], _follow);
        }

        Volatile.Write(ref _lastSeq, seq);
        return results;
    }

    private AppendResult Write(LogDraft draft, ref long seq)
    {
        // Asked in memory, so that no savepoint is needed to take half a draft back.
        if (_owners.ConflictOf(draft) is { } conflict) return new AppendResult(AppendStatus.Conflict, 0, conflict);
        if (draft.Once is { } once && !_once.TryUse(once)) return new AppendResult(AppendStatus.Repeated, 0, null);
        var entry = LogEntry.Encode(draft.At, draft.Kind.Name, draft.Subject, draft.Body);
        Insert(++seq, draft.Once, entry);
        _owners.Apply(draft);
        _changes.Add(seq, draft);
        return new AppendResult(AppendStatus.Appended, seq, null);
    }

    // Memory knows what only one writer can know: a position that is taken is another one's.
    private void Insert(long seq, string? once, byte[] entry)
    {
        try
        {
            _insertLog.With(seq).With(once).With(entry).With(LogEntry.LeafHash(entry)).Run();
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            throw new InvalidDataException($"Position {seq} of the log is taken; is a second server using this file?", taken);
        }
    }

    private void WriteChanges(long seq)
    {
        if (!_changes.IsEmpty) _insertChanges.With(seq).With(_changes.Take()).Run();
        _holds.WriteUpTo(seq - _trail);
        _commands.WriteUpTo(seq - _trail);
        if (seq / _clearing != _lastSeq / _clearing) _clearChanges.With(seq - _trail).Run();
    }

    private static void Write(PreparedStatement statement, Posted posted)
    {
        var command = posted.Command;
        statement.With(command.Id).With(posted.Seq).With(command.Device).With(command.Channel).With(command.Payload);
        (command.ExpiresAt is { } expiry ? statement.With(expiry.ToUnixTimeMilliseconds()) : statement.WithNull()).Run();
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
    public byte[]? ReadBytes(long seq)
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = "select entry from log where seq = $seq";
            command.Parameters.AddWithValue("$seq", seq);
            return (byte[]?)command.ExecuteScalar();
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<byte[]> ReadLeaves(long after, int most)
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = "select leaf from log where seq > $after order by seq limit $most";
            command.Parameters.AddWithValue("$after", after);
            command.Parameters.AddWithValue("$most", most);
            using var rows = command.ExecuteReader();
            var leaves = new List<byte[]>();
            while (rows.Read()) leaves.Add(rows.GetFieldValue<byte[]>(0));
            return leaves;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<Hold> ReadHolds()
    {
        lock (_reading) return [.. SqliteSideTables.ReadNow(_reader).Holds.Values];
    }

    /// <inheritdoc />
    public IReadOnlyList<Downlink> ReadDownlinks()
    {
        lock (_reading) return SqliteSideTables.ReadNow(_reader).InOrder;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _onceRows.Dispose();
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

    private void Upgrade(int version)
    {
        if (version == 0) Execute(_writer, Schema + ";" + SqliteOnceRows.Schema + ";" + SqliteSideTables.Schema);
        if (version == 1)
        {
            Execute(_writer, SqliteOnceRows.Schema);
            KeepOnceKeys();
        }

        if (version is 1 or 2) Execute(_writer, SqliteSideTables.FromSecond);
    }

    // Files of the first version had an index over all keys.
    private void KeepOnceKeys()
    {
        using var written = new SqliteOnceRows(_writer.Handle!);
        var keys = new OnceKeys(written);
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

    // Hands committed changes to the tables that trail behind.
    private sealed class Follow(TrailingRows<string, Hold> holds, TrailingRows<Guid, Posted> commands) : LogChanges.ISink
    {
        public long Seq { get; set; }

        public void Hold(Hold hold) => holds.Change(Seq, hold.Key, hold);

        public void Release(string key) => holds.Change(Seq, key, null);

        public void Post(Posted posted) => commands.Change(Seq, posted.Command.Id, posted);

        public void Settle(Guid command) => commands.Change(Seq, command, null);
    }
}
