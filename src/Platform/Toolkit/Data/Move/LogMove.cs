using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Anlan.Toolkit.Data.Move;

/// <summary>The log on both sides.</summary>
/// <param name="SourceEntries">Entries in SQLite.</param>
/// <param name="TargetEntries">Entries in PostgreSQL.</param>
/// <param name="SourceHash">SHA-256 over all leaf hashes in order, computed from the entries of the SQLite file.</param>
/// <param name="TargetHash">The same, computed from the entries that arrived.</param>
public sealed record MovedLog(long SourceEntries, long TargetEntries, string SourceHash, string TargetHash)
{
    /// <summary>True when every entry arrived, byte for byte and in order.</summary>
    public bool IsSame => SourceEntries == TargetEntries && SourceHash == TargetHash;
}

/// <summary>Moves the log with its holds and undelivered commands, within a transaction of the target.</summary>
internal static class LogMove
{
    public static async Task<MovedLog> RunAsync(string file, NpgsqlConnection target, Action<string> say, CancellationToken stop)
    {
        await using (var schema = new NpgsqlCommand(PostgresLogStore.Schema + $"insert into hot.version values ({PostgresLogStore.SchemaVersion})", target)) await schema.ExecuteNonQueryAsync(stop);
        await using var source = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        await source.OpenAsync(stop);
        var (entries, hash) = await CopyEntriesAsync(source, target, say, stop);
        var sides = SqliteSideTables.ReadNow(source);
        await CopyHoldsAsync(sides.Holds.Values, target, stop);
        await CopyDownlinksAsync(sides.InOrder, target, stop);
        var (arrived, arrivedHash) = await HashAsync(target, stop);
        say($"log: {arrived} of {entries} entries, hash {arrivedHash}");
        return new MovedLog(entries, arrived, hash, arrivedHash);
    }

    private static async Task<(long Entries, string Hash)> CopyEntriesAsync(SqliteConnection source, NpgsqlConnection target, Action<string> say, CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await using var command = source.CreateCommand();
        command.CommandText = "select seq, once, entry, leaf from log order by seq";
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var copy = await target.BeginBinaryImportAsync("copy hot.log(seq, once, entry, leaf) from stdin (format binary)", stop);
        while (await rows.ReadAsync(stop))
        {
            var (seq, entry, leaf) = (rows.GetInt64(0), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3));
            if (!leaf.AsSpan().SequenceEqual(LogEntry.LeafHash(entry))) throw new StoreMoveException($"Entry {seq} of the log does not match its hash. Nothing was moved; restore a backup of hot.db.");
            whole.AppendData(leaf);
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(seq, NpgsqlDbType.Bigint, stop);
            if (await rows.IsDBNullAsync(1, stop)) await copy.WriteNullAsync(stop);
            else await copy.WriteAsync(rows.GetString(1), NpgsqlDbType.Text, stop);
            await copy.WriteAsync(entry, NpgsqlDbType.Bytea, stop);
            await copy.WriteAsync(leaf, NpgsqlDbType.Bytea, stop);
            if (++count % 100_000 == 0) say($"  log: {count} entries");
        }

        await copy.CompleteAsync(stop);
        return (count, Convert.ToHexStringLower(whole.GetHashAndReset()));
    }

    private static async Task CopyHoldsAsync(IEnumerable<Hold> holds, NpgsqlConnection target, CancellationToken stop)
    {
        await using var copy = await target.BeginBinaryImportAsync("copy hot.holds(key, owner, value) from stdin (format binary)", stop);
        foreach (var hold in holds)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(hold.Key, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(hold.Owner, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(hold.Value, NpgsqlDbType.Bytea, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task CopyDownlinksAsync(IEnumerable<Downlink> commands, NpgsqlConnection target, CancellationToken stop)
    {
        await using var copy = await target.BeginBinaryImportAsync("copy hot.downlinks(id, device, channel, payload, expires) from stdin (format binary)", stop);
        foreach (var command in commands)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(command.Id, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(command.Device, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(command.Channel, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(command.Payload, NpgsqlDbType.Bytea, stop);
            if (command.ExpiresAt is { } expiry) await copy.WriteAsync(expiry.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint, stop);
            else await copy.WriteNullAsync(stop);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task<(long Entries, string Hash)> HashAsync(NpgsqlConnection target, CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await using var command = new NpgsqlCommand("select entry from hot.log order by seq", target);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            whole.AppendData(LogEntry.LeafHash(rows.GetFieldValue<byte[]>(0)));
            count++;
        }

        return (count, Convert.ToHexStringLower(whole.GetHashAndReset()));
    }
}
