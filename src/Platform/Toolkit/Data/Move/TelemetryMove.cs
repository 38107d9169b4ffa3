using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Telemetry;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Anlan.Toolkit.Data.Move;

/// <summary>Moves the measurements, and which messages were taken already, into PostgreSQL, within the move's transaction.</summary>
internal static class TelemetryMove
{
    private const int Progress = 500_000;

    /// <summary>Moves; answers how many entries.</summary>
    /// <exception cref="StoreMoveException">Something arrived otherwise than it left.</exception>
    public static async Task<long> RunAsync(string file, NpgsqlConnection target, Action<string> say, CancellationToken stop)
    {
        say("Moving the telemetry");
        await using var source = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        await source.OpenAsync(stop);
        await using (var schema = new NpgsqlCommand(PostgresTelemetryStore.Schema, target)) await schema.ExecuteNonQueryAsync(stop);
        await MakeDaysAsync(source, target, stop);
        var (moved, left) = await MoveEntriesAsync(source, target, say, stop);
        await MoveOnceAsync(source, target, stop);
        await using (var position = source.CreateCommand())
        {
            position.CommandText = "select coalesce((select seq from sqlite_sequence where name = 'telemetry'), 0)";
            await using var keep = new NpgsqlCommand("insert into telemetry.position values ($1)", target);
            keep.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)(await position.ExecuteScalarAsync(stop))! });
            await keep.ExecuteNonQueryAsync(stop);
        }

        if (await HashAsync(target, stop) is var arrived && arrived != left) throw new StoreMoveException($"The telemetry arrived with another hash ({arrived} instead of {left}). Nothing was moved.");
        say($"telemetry: {moved} entries, hash {left}");
        return moved;
    }

    private static async Task MakeDaysAsync(SqliteConnection source, NpgsqlConnection target, CancellationToken stop)
    {
        var days = new HashSet<DateOnly>();
        await using var command = source.CreateCommand();
        command.CommandText = "select seq, entry from telemetry order by seq";
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) days.Add(DateOnly.FromDateTime(LogEntry.Decode(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)).At.UtcDateTime));
        foreach (var day in days.Order())
        {
            await using var make = new NpgsqlCommand(PostgresTelemetryStore.PartitionFor(day), target);
            await make.ExecuteNonQueryAsync(stop);
        }
    }

    private static async Task<(long Moved, string Hash)> MoveEntriesAsync(SqliteConnection source, NpgsqlConnection target, Action<string> say, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var moved = 0L;
        await using var command = source.CreateCommand();
        command.CommandText = "select seq, entry from telemetry order by seq";
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var copy = await target.BeginBinaryImportAsync("copy telemetry.entries(day, seq, entry) from stdin (format binary)", stop);
        while (await rows.ReadAsync(stop))
        {
            var (seq, entry) = (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(DateOnly.FromDateTime(LogEntry.Decode(seq, entry).At.UtcDateTime), NpgsqlDbType.Date, stop);
            await copy.WriteAsync(seq, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(entry, NpgsqlDbType.Bytea, stop);
            hash.AppendData(entry);
            if (++moved % Progress == 0) say($"  telemetry: {moved} entries");
        }

        await copy.CompleteAsync(stop);
        return (moved, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task MoveOnceAsync(SqliteConnection source, NpgsqlConnection target, CancellationToken stop)
    {
        await using var command = source.CreateCommand();
        command.CommandText = "select scope, block, used from once";
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var copy = await target.BeginBinaryImportAsync("copy telemetry.once(scope, block, used) from stdin (format binary)", stop);
        while (await rows.ReadAsync(stop))
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(rows.GetString(0), NpgsqlDbType.Text, stop);
            await copy.WriteAsync(rows.GetInt64(1), NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(rows.GetFieldValue<byte[]>(2), NpgsqlDbType.Bytea, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task<string> HashAsync(NpgsqlConnection target, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = new NpgsqlCommand("select entry from telemetry.entries order by seq", target) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) hash.AppendData(rows.GetFieldValue<byte[]>(0));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
