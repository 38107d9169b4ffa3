using System.Numerics;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Evidence;

/// <summary>The log no longer holds what the tree over it was made from, for example because an older copy of it was put back.</summary>
public sealed class LogTreeException(string message) : Exception(message);

/// <summary>
/// The Merkle tree over the hot log. Follows the log off the commit path: nobody who waits for a decision waits for it. Full tiles lie in the main
/// database, the unfinished one of each level in memory, made again from tiles and log at start.
/// </summary>
public sealed class LogTree(HotLog log, IServiceScopeFactory scopes) : IDisposable
{
    private const int BatchSize = 4_096;
    private const int TileBits = 8;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<List<byte[]>> _edge = [];
    private readonly Dictionary<(int Level, long Place), TreeTile> _read = [];
    private bool _isLoaded;
    private long _size;

    /// <summary>How many entries the tree covers by now.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Takes in every entry that is durable by now.</summary>
    /// <exception cref="LogTreeException">The log is another one than before.</exception>
    public Task<long> FollowAsync(CancellationToken stop) => InTurnAsync(async db =>
    {
        for (var target = log.LastSeq; _size < target;)
        {
            var leaves = log.Store.ReadLeaves(_size, (int)Math.Min(BatchSize, target - _size));
            if (leaves.Count == 0) throw new LogTreeException($"The log says to end at {target}, but entry {_size + 1} is missing.");
            var isTileFull = false;
            foreach (var leaf in leaves) isTileFull |= Add(db, leaf);
            if (isTileFull) await db.SaveAsync(stop);
        }

        return _size;
    }, stop);

    /// <summary>Root of the tree over the first entries.</summary>
    public Task<byte[]> RootAsync(long size, CancellationToken stop) => InTurnAsync(db => size == 0 ? Task.FromResult(MerkleTree.EmptyRoot) : HashAsync(db, new LeafRange(0, size), stop), stop);

    /// <summary>Path that proves that the entry at a position is in the tree over the first entries.</summary>
    public Task<IReadOnlyList<byte[]>> InclusionAsync(long position, long size, CancellationToken stop) => InTurnAsync(db => HashesAsync(db, MerkleTree.InclusionPath(position - 1, size), stop), stop);

    /// <summary>Path that proves that the tree over the first entries grew out of a smaller one.</summary>
    public Task<IReadOnlyList<byte[]>> ConsistencyAsync(long earlier, long later, CancellationToken stop) => InTurnAsync(db => HashesAsync(db, MerkleTree.ConsistencyPath(earlier, later), stop), stop);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<AnlanDb, Task<T>> work, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            if (!_isLoaded) await LoadAsync(db, stop);
            // What was taken in but not saved is taken in again: until this is whole, memory counts for nothing.
            _isLoaded = false;
            var done = await work(db);
            _isLoaded = true;
            return done;
        }
        finally
        {
            _read.Clear();
            _turn.Release();
        }
    }

    private async Task LoadAsync(AnlanDb db, CancellationToken stop)
    {
        _edge.Clear();
        var tiles = db.Set<TreeTile>().AsNoTracking();
        var full = await tiles.Where(t => t.Level == 0).Select(t => (long?)t.Place).MaxAsync(stop) + 1 ?? 0;
        _size = full * TreeTile.Width;
        if (_size > log.LastSeq) throw new LogTreeException($"The log ends at entry {log.LastSeq}, but its tree knows {_size} already: an older copy of the log was put back.");
        if (full > 0)
        {
            var last = await tiles.SingleAsync(t => t.Level == 0 && t.Place == full - 1, stop);
            if (!log.Store.ReadLeaves(_size - TreeTile.Width, TreeTile.Width).SelectMany(leaf => leaf).SequenceEqual(last.Hashes)) throw new LogTreeException($"The log's entries up to {_size} are not those that its tree was made from: another copy of the log was put back.");
        }

        for (var (level, count) = (1, full); count > 0; level++, count /= TreeTile.Width)
        {
            var (below, from) = (level - 1, count / TreeTile.Width * TreeTile.Width);
            var roots = await tiles.Where(t => t.Level == below && t.Place >= from).OrderBy(t => t.Place).ToListAsync(stop);
            if (roots.Count != count - from) throw new LogTreeException($"Tiles of level {below} are missing in platform_tree_tiles. Stop the server, empty that table, and it is made again from the log.");
            LevelOf(level).AddRange(roots.Select(RootOf));
        }
    }

    private static byte[] RootOf(TreeTile tile) => MerkleTree.Root([.. Enumerable.Range(0, TreeTile.Width).Select(i => tile[i])]);

    private List<byte[]> LevelOf(int level)
    {
        while (_edge.Count <= level) _edge.Add([]);
        return _edge[level];
    }

    private bool Add(AnlanDb db, byte[] leaf)
    {
        LevelOf(0).Add(leaf);
        Volatile.Write(ref _size, _size + 1);
        var isFull = false;
        for (var level = 0; LevelOf(level) is { Count: TreeTile.Width } hashes; level++)
        {
            db.Put(new TreeTile { Level = level, Place = (_size >> (TileBits * (level + 1))) - 1, Hashes = [.. hashes.SelectMany(hash => hash)] });
            LevelOf(level + 1).Add(MerkleTree.Root(hashes.ToArray()));
            hashes.Clear();
            isFull = true;
        }

        return isFull;
    }

    private async Task<IReadOnlyList<byte[]>> HashesAsync(AnlanDb db, IReadOnlyList<LeafRange> ranges, CancellationToken stop)
    {
        var hashes = new List<byte[]>(ranges.Count);
        foreach (var range in ranges) hashes.Add(await HashAsync(db, range, stop));
        return hashes;
    }

    private async Task<byte[]> HashAsync(AnlanDb db, LeafRange range, CancellationToken stop)
    {
        if (!range.IsFull)
        {
            var middle = range.From + MerkleTree.Split(range.Count);
            var left = await HashAsync(db, range with { To = middle }, stop);
            var right = await HashAsync(db, range with { From = middle }, stop);
            return MerkleTree.Node(left, right);
        }

        // A full subtree lies in one tile: as one of its hashes, or as the root of some of them.
        var height = BitOperations.Log2((ulong)range.Count);
        var level = height / TileBits;
        var first = range.From >> (TileBits * level);
        var hashes = await TileAsync(db, level, first / TreeTile.Width, stop);
        return MerkleTree.Root([.. Enumerable.Range((int)(first % TreeTile.Width), 1 << (height % TileBits)).Select(hashes)]);
    }

    private async Task<Func<int, byte[]>> TileAsync(AnlanDb db, int level, long place, CancellationToken stop)
    {
        if (place == _size >> (TileBits * (level + 1))) return LevelOf(level).ElementAt;
        if (_read.TryGetValue((level, place), out var known)) return index => known[index];
        var tile = await db.Set<TreeTile>().AsNoTracking().SingleOrDefaultAsync(t => t.Level == level && t.Place == place, stop)
            ?? throw new LogTreeException($"Tile {place} of level {level} is missing in platform_tree_tiles. Stop the server, empty that table, and it is made again from the log.");
        _read[(level, place)] = tile;
        return index => tile[index];
    }
}
