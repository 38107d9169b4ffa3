using System.Globalization;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;
using Npgsql;

namespace Anlan.Toolkit.Telemetry;

/// <summary>Measurements in PostgreSQL, in a schema of their own, a partition for each day of receipt (UTC): what is past its retention goes with its partition, at no cost.</summary>
public sealed class PostgresTelemetryStore : ITelemetryStore
{
    internal const string Schema = """
        create schema if not exists telemetry;
        create table if not exists telemetry.entries(day date not null, seq bigint not null, entry bytea not null) partition by range (day);
        create index if not exists entries_seq on telemetry.entries(seq);
        create table if not exists telemetry.once(scope text collate "C" not null, block bigint not null, used bytea not null, primary key(scope, block));
        create table if not exists telemetry.position(seq bigint not null);
        """;

    private readonly NpgsqlDataSource _source;
    private const int DaysKnown = 7;
    private readonly Rows _rows = new();
    private readonly OnceKeys _once;
    private readonly HashSet<DateOnly> _days = [];
    private NpgsqlConnection? _writer;
    private long _lastSeq;

    /// <summary>Opens or makes the tables.</summary>
    public PostgresTelemetryStore(string connection)
    {
        _source = NpgsqlDataSource.Create(connection);
        _once = new OnceKeys(_rows);
        try
        {
            using (var schema = _source.CreateCommand(Schema)) schema.ExecuteNonQuery();
            using var position = _source.CreateCommand("select greatest((select coalesce(max(seq), 0) from telemetry.entries), (select coalesce(max(seq), 0) from telemetry.position))");
            _lastSeq = (long)position.ExecuteScalar()!;
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
    public void GoOnAfter(long seq) => Volatile.Write(ref _lastSeq, Math.Max(_lastSeq, seq));

    /// <inheritdoc />
    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        var writer = Writer();
        foreach (var day in batch.Select(DayOf).Distinct().Where(day => !_days.Contains(day)).ToList()) MakeDay(writer, day);
        using var transaction = writer.BeginTransaction();
        try
        {
            _rows.Connection = writer;
            var results = new AppendResult[batch.Count];
            var seq = _lastSeq;
            // Nothing may be asked while a copy runs: which drafts are new is known before.
            var fresh = Judge(batch, results).ToList();
            using (var copy = writer.BeginBinaryImport("copy telemetry.entries(day, seq, entry) from stdin (format binary)"))
            {
                foreach (var (draft, i) in fresh)
                {
                    results[i] = new AppendResult(AppendStatus.Appended, ++seq, null);
                    copy.StartRow();
                    copy.Write(DayOf(draft));
                    copy.Write(seq);
                    copy.Write(LogEntry.Encode(draft.At, draft.Kind.Name, draft.Subject, draft.Body));
                }

                copy.Complete();
            }

            _once.Save();
            transaction.Commit();
            _once.Commit();
            Volatile.Write(ref _lastSeq, seq);
            return results;
        }
        catch
        {
            _once.Rollback();
            // Retention may have dropped a day that a clock set back needs again.
            _days.Clear();
            throw;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<(long Seq, byte[] Entry)> Read(long after, int most)
    {
        using var command = _source.CreateCommand("select seq, entry from telemetry.entries where seq > $1 order by seq limit $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        using var rows = command.ExecuteReader();
        var entries = new List<(long, byte[])>();
        while (rows.Read()) entries.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        return entries;
    }

    /// <inheritdoc />
    public long CountBefore(DateOnly day)
    {
        using var command = _source.CreateCommand("select count(*) from telemetry.entries where day < $1");
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return (long)command.ExecuteScalar()!;
    }

    /// <inheritdoc />
    public void Forget(DateOnly before, CancellationToken stop)
    {
        foreach (var (partition, day) in Days())
        {
            if (day >= before || stop.IsCancellationRequested) continue;
            // A position is never given twice, also after everything before it is gone.
            using var drop = _source.CreateCommand($"delete from telemetry.position; insert into telemetry.position values ({LastSeq}); drop table telemetry.\"{partition}\"");
            drop.ExecuteNonQuery();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writer?.Dispose();
        _source.Dispose();
    }

    private IEnumerable<(LogDraft Draft, int Index)> Judge(IReadOnlyList<LogDraft> batch, AppendResult[] results)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Once is { } once && !_once.TryUse(once)) results[i] = new AppendResult(AppendStatus.Repeated, 0, null);
            else yield return (batch[i], i);
        }
    }

    private NpgsqlConnection Writer()
    {
        if (_writer is { FullState: System.Data.ConnectionState.Open } open) return open;
        _writer?.Dispose();
        _days.Clear();
        _writer = _source.OpenConnection();
        using var settings = new NpgsqlCommand("set synchronous_commit = on", _writer);
        settings.ExecuteNonQuery();
        // What a lost confirmation left behind is known only to the table.
        using var position = new NpgsqlCommand("select coalesce(max(seq), 0) from telemetry.entries", _writer);
        _lastSeq = Math.Max(_lastSeq, (long)position.ExecuteScalar()!);
        return _writer;
    }

    private void MakeDay(NpgsqlConnection writer, DateOnly day)
    {
        using var make = new NpgsqlCommand(PartitionFor(day), writer);
        make.ExecuteNonQuery();
        // Only what is written to now is worth remembering; asked again, the table is there.
        if (_days.Count == DaysKnown) _days.Clear();
        _days.Add(day);
    }

    private List<(string Partition, DateOnly Day)> Days()
    {
        using var command = _source.CreateCommand("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'telemetry.entries'::regclass order by 1");
        using var rows = command.ExecuteReader();
        var days = new List<(string, DateOnly)>();
        while (rows.Read())
        {
            if (DateOnly.TryParseExact(rows.GetString(0), "'day_'yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) days.Add((rows.GetString(0), day));
        }

        return days;
    }

    /// <summary>The statement that makes a day's partition.</summary>
    internal static string PartitionFor(DateOnly day) => $"create table if not exists telemetry.\"{PartitionOf(day)}\" partition of telemetry.entries for values from ('{Text(day)}') to ('{Text(day.AddDays(1))}')";

    private static DateOnly DayOf(LogDraft draft) => DateOnly.FromDateTime(draft.At.UtcDateTime);

    private static string PartitionOf(DateOnly day) => day.ToString("'day_'yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Rows : IOnceRows
    {
        /// <summary>The writer's connection, within its transaction.</summary>
        public NpgsqlConnection? Connection { get; set; }

        public byte[]? Read(string scope, long block)
        {
            using var command = new NpgsqlCommand("select used from telemetry.once where scope = $1 and block = $2", Connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = block });
            return (byte[]?)command.ExecuteScalar();
        }

        public void Write(IEnumerable<OnceRow> changed)
        {
            var rows = changed.ToList();
            using var command = new NpgsqlCommand("insert into telemetry.once(scope, block, used) select * from unnest($1, $2, $3) on conflict (scope, block) do update set used = excluded.used", Connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => row.Scope)] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Block)] });
            command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Used)] });
            command.ExecuteNonQuery();
        }
    }
}
