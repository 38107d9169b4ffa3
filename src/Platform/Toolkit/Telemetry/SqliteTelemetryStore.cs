using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Anlan.Toolkit.Telemetry;

/// <summary>Measurements in a SQLite file of their own: they come by the thousand, and the interlock's log must not wait for them. synchronous=FULL.</summary>
public sealed class SqliteTelemetryStore : ITelemetryStore
{
    private const int SchemaVersion = 1;
    private const int ForgottenAtOnce = 2_000;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly Lock _reading = new();
    private readonly PreparedStatement _begin;
    private readonly PreparedStatement _commit;
    private readonly PreparedStatement _rollback;
    private readonly PreparedStatement _insert;
    private readonly SqliteOnceRows _onceRows;
    private readonly OnceKeys _once;
    private readonly string _file;
    private long _lastSeq;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public SqliteTelemetryStore(string file)
    {
        _file = file;
        _writer = Open(file);
        Execute(_writer, "pragma page_size=8192");
        Execute(_writer, "pragma journal_mode=wal");
        Execute(_writer, "pragma synchronous=full");
        Execute(_writer, "pragma wal_autocheckpoint=4000");
        var version = (long)Scalar(_writer, "pragma user_version")!;
        if (version > SchemaVersion) throw new InvalidDataException($"{file} was written by a newer version of Anlan (schema {version}).");
        if (version == 0)
        {
            using var transaction = _writer.BeginTransaction();
            // Autoincrement: a position is never given twice, also after everything before it was deleted.
            Execute(_writer, "create table telemetry(seq integer primary key autoincrement, entry blob not null);" + SqliteOnceRows.Schema + $";pragma user_version={SchemaVersion}");
            transaction.Commit();
        }

        _reader = Open(file);
        _lastSeq = (long?)Scalar(_writer, "select seq from sqlite_sequence where name='telemetry'") ?? 0;
        (_begin, _commit, _rollback) = (Prepare("begin immediate"), Prepare("commit"), Prepare("rollback"));
        _insert = Prepare("insert into telemetry(seq,entry) values(?,?)");
        _onceRows = new SqliteOnceRows(_writer.Handle!);
        _once = new OnceKeys(_onceRows);
    }

    /// <inheritdoc />
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <inheritdoc />
    public void GoOnAfter(long seq) => Volatile.Write(ref _lastSeq, Math.Max(_lastSeq, seq));

    /// <inheritdoc />
    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        var results = new AppendResult[batch.Count];
        var seq = _lastSeq;
        _begin.Run();
        try
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch[i].Once is { } once && !_once.TryUse(once))
                {
                    results[i] = new AppendResult(AppendStatus.Repeated, 0, null);
                    continue;
                }

                _insert.With(++seq).With(LogEntry.Encode(batch[i].At, batch[i].Kind.Name, batch[i].Subject, batch[i].Body)).Run();
                results[i] = new AppendResult(AppendStatus.Appended, seq, null);
            }

            _once.Save();
            _commit.Run();
        }
        catch
        {
            _once.Rollback();
            if (raw.sqlite3_get_autocommit(_writer.Handle) == 0) _rollback.Run();
            throw;
        }

        _once.Commit();
        Volatile.Write(ref _lastSeq, seq);
        return results;
    }

    /// <inheritdoc />
    public IReadOnlyList<(long Seq, byte[] Entry)> Read(long after, int most)
    {
        lock (_reading)
        {
            using var command = Select(_reader, "select seq, entry from telemetry where seq > $from order by seq limit $to", after, most);
            using var rows = command.ExecuteReader();
            var entries = new List<(long, byte[])>();
            while (rows.Read()) entries.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
            return entries;
        }
    }

    /// <inheritdoc />
    public long CountBefore(DateOnly day)
    {
        using var own = Open(_file);
        return Scalar(own, "select min(seq) from telemetry") is long first ? FirstSince(own, day) - first : 0;
    }

    /// <inheritdoc />
    public void Forget(DateOnly before, CancellationToken stop)
    {
        using var own = Open(_file);
        var kept = FirstSince(own, before);
        // In small portions, so that the writer waits a moment at most.
        for (var deleted = ForgottenAtOnce; deleted == ForgottenAtOnce && !stop.IsCancellationRequested;)
        {
            using var command = Select(own, "delete from telemetry where seq in (select seq from telemetry where seq < $from order by seq limit $to)", kept, ForgottenAtOnce);
            deleted = command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in (PreparedStatement[])[_begin, _commit, _rollback, _insert]) statement.Dispose();
        _onceRows.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    // Entries lie in the order of their receipt, so that a search by halves finds the first one of a day.
    private long FirstSince(SqliteConnection connection, DateOnly day)
    {
        var moment = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var low = (long?)Scalar(connection, "select min(seq) from telemetry") ?? LastSeq + 1;
        var high = LastSeq + 1;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            using var command = Select(connection, "select entry from telemetry where seq >= $from order by seq limit $to", middle, 1);
            if (command.ExecuteScalar() is byte[] bytes && LogEntry.Decode(middle, bytes).At < moment) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static SqliteCommand Select(SqliteConnection connection, string sql, long from, long to)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        return command;
    }

    private PreparedStatement Prepare(string sql) => new(_writer.Handle!, sql);

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        Execute(connection, "pragma busy_timeout=30000");
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
        return command.ExecuteScalar() is var found && found is DBNull ? null : found;
    }
}
