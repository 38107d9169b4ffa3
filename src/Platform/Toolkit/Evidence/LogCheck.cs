using System.Data.Common;
using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Anlan.Toolkit.Evidence;

/// <summary>The log does not hold; the text names the first bad entry or head and what to do.</summary>
public sealed class LogCheckException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What was checked.</summary>
/// <param name="Entries">Entries of the log.</param>
/// <param name="Heads">Signed heads whose root and signature are right.</param>
/// <param name="Published">Heads of the file of published heads.</param>
/// <param name="Covered">Entries that the last head covers.</param>
/// <param name="Root">Root over all entries, hexadecimal.</param>
/// <param name="Seals">Stretches of measurements that are still kept and are those that were sealed.</param>
public sealed record CheckedLog(long Entries, int Heads, int Published, long Covered, string Root, long Seals);

/// <summary>
/// Checks a whole log without a server and without believing it anything: positions without holes, the bytes of every entry against its hash and
/// its tile, and the root against every signed head. A running server is not disturbed.
/// </summary>
/// <param name="data">The installation's folder.</param>
/// <param name="choice">Where its log lies.</param>
/// <param name="db">A context over its main database.</param>
/// <param name="files">Hears of the files that entries name.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class LogCheck(DataFolder data, DatabaseChoice choice, AnlanDb db, FileCheck files, Action<string> say)
{
    private const int Progress = 100_000;
    private readonly MerkleEdge _edge = new();
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private TreeTile? _tile;
    private long _seals;

    /// <summary>Checks.</summary>
    /// <param name="keyFiles">PEM files of the keys to trust.</param>
    /// <param name="published">Heads that were published and kept elsewhere.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="LogCheckException">The log does not hold.</exception>
    public async Task<CheckedLog> RunAsync(IReadOnlyList<string> keyFiles, IReadOnlyList<SignedTreeHead> published, CancellationToken stop)
    {
        foreach (var file in keyFiles)
        {
            var key = PeerKeys.Read(file) ?? throw new LogCheckException($"{file} is no PEM file of an EC key that can be read.");
            _keys[EvidenceFile.KeyId(key.ExportSubjectPublicKeyInfo())] = key;
        }

        var own = await db.Set<KeptHead>().AsNoTracking().OrderBy(head => head.Size).ToListAsync(stop);
        var heads = own.Select(head => (head.Signed, Source: "head")).Concat(published.Select(head => (Signed: head, Source: "published head"))).OrderBy(head => head.Signed.Head.Size).ToList();
        foreach (var (signed, source) in heads) CheckSignature(signed, source);
        say($"{own.Count} signed heads and {published.Count} published ones, all signatures right");
        await CheckEntriesAsync(heads, stop);
        if (heads.Count > 0 && heads[^1].Signed.Head is var last && last.Size > _edge.Size) throw new LogCheckException($"Entry {_edge.Size + 1} is missing: a {heads[^1].Source} covers {last.Size} entries, the log ends at {_edge.Size}.");
        return new CheckedLog(_edge.Size, own.Count, published.Count, heads.Count == 0 ? 0 : heads[^1].Signed.Head.Size, Convert.ToHexStringLower(_edge.Root), _seals);
    }

    private async Task CheckEntriesAsync(List<(SignedTreeHead Signed, string Source)> heads, CancellationToken stop)
    {
        await using DbConnection connection = choice.Postgres is { } server ? new NpgsqlConnection(server) : new SqliteConnection($"Data Source={data.HotDatabase};Pooling=False;Mode=ReadOnly");
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = choice.Postgres is null ? "select seq, entry, leaf from log order by seq" : "select seq, entry, leaf from hot.log order by seq";
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var measured = await SealCheck.OpenAsync(data, choice, stop);
        var (next, rightUpTo) = (0, 0L);
        while (await rows.ReadAsync(stop))
        {
            var entry = await AddAsync(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2), stop);
            files.Take(entry);
            if (entry.Kind == TelemetrySeal.Kind.Name) await CheckSealAsync(measured, entry, stop);
            for (; next < heads.Count && heads[next].Signed.Head.Size <= _edge.Size; next++)
            {
                var head = heads[next].Signed.Head;
                if (!head.Root.AsSpan().SequenceEqual(_edge.Root)) throw new LogCheckException($"Entry {rightUpTo + 1} or one after it, at most entry {head.Size}, is not the one that was signed: the root over {head.Size} entries is not the one of the {heads[next].Source} of {head.At:O}.");
                rightUpTo = head.Size;
            }

            if (_edge.Size % Progress == 0) say($"  {_edge.Size} entries, right up to the head over {rightUpTo}");
        }
    }

    private async Task CheckSealAsync(SealCheck measured, LogEntry entry, CancellationToken stop)
    {
        var seal = (TelemetrySeal)TelemetrySeal.Kind.Decode(entry.Body.Span);
        switch (await measured.HoldsAsync(seal, stop))
        {
            case true:
                _seals++;
                break;
            case false:
                throw new LogCheckException($"Measurements {seal.First} to {seal.Last} of the telemetry are not those that entry {entry.Seq} of the log sealed: one was changed, or is missing between others.");
        }
    }

    private async Task<LogEntry> AddAsync(long seq, byte[] entry, byte[] leaf, CancellationToken stop)
    {
        var expected = _edge.Size + 1;
        if (seq != expected) throw new LogCheckException($"Entry {expected} is missing: the next one in the log is {seq}.");
        var hash = LogEntry.LeafHash(entry);
        if (!leaf.AsSpan().SequenceEqual(hash)) throw new LogCheckException($"Entry {seq} was changed: its bytes do not match the hash beside it.");
        var (place, index) = ((seq - 1) / TreeTile.Width, (int)((seq - 1) % TreeTile.Width));
        if (index == 0) _tile = await db.Set<TreeTile>().AsNoTracking().SingleOrDefaultAsync(tile => tile.Level == 0 && tile.Place == place, stop);
        if (_tile is { } known && !known[index].AsSpan().SequenceEqual(hash)) throw new LogCheckException($"Entry {seq} was changed together with its hash: the tree was made over another one.");
        _edge.Add(hash);
        try
        {
            return LogEntry.Decode(seq, entry);
        }
        catch (FormatException unreadable)
        {
            throw new LogCheckException(unreadable.Message, unreadable);
        }
    }

    private void CheckSignature(SignedTreeHead signed, string source)
    {
        var head = signed.Head;
        if (!_keys.TryGetValue(head.Key, out var key)) throw new LogCheckException($"The {source} over {head.Size} entries names the key {head.Key}, which is not at hand: name its PEM file with --key.");
        if (!signed.IsSignedBy(key)) throw new LogCheckException($"The signature of the {source} over {head.Size} entries is wrong.");
    }
}
