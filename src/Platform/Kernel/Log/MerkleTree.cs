using System.Numerics;
using System.Security.Cryptography;

namespace Anlan.Kernel.Log;

/// <summary>The leaves from <paramref name="From"/> (counted from 0) up to, not with, <paramref name="To"/>: a subtree of the Merkle tree.</summary>
/// <param name="From">First leaf.</param>
/// <param name="To">The leaf after the last one.</param>
public readonly record struct LeafRange(long From, long To)
{
    /// <summary>How many leaves.</summary>
    public long Count => To - From;

    /// <summary>True when the subtree is full: two, four, eight … leaves.</summary>
    public bool IsFull => Count > 0 && BitOperations.IsPow2(Count) && From % Count == 0;
}

/// <summary>
/// The Merkle tree of RFC 6962, 2.1, over the leaf hashes of the log (<see cref="LogEntry.LeafHash"/>). Proofs are told as ranges of leaves, so that
/// whoever keeps the hashes decides how to find them; the checks follow RFC 9162, 2.1.3.2 and 2.1.4.2, which says the same trees in algorithms.
/// </summary>
public static class MerkleTree
{
    /// <summary>Length of every hash in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Root of a tree without leaves: the hash of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of an inner node: SHA-256 over 0x01, the left and the right hash.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashLength)];
        both[0] = 0x01;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashLength)..]);
        return SHA256.HashData(both);
    }

    /// <summary>Root over hashes of leaves, or of full subtrees of one size.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> hashes) => hashes.Length switch
    {
        0 => EmptyRoot,
        1 => hashes[0],
        var count => Node(Root(hashes[..(int)Split(count)]), Root(hashes[(int)Split(count)..])),
    };

    /// <summary>The largest power of two below a number of leaves: so many stand in the left subtree.</summary>
    public static long Split(long count) => count < 2 ? throw new ArgumentOutOfRangeException(nameof(count), count, "One leaf has no subtrees.") : 1L << BitOperations.Log2((ulong)(count - 1));

    /// <summary>The subtrees whose hashes prove that a leaf is in the tree, from the leaf upwards (RFC 6962, 2.1.1).</summary>
    /// <param name="leaf">The leaf, counted from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    public static IReadOnlyList<LeafRange> InclusionPath(long leaf, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var path = new List<LeafRange>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            path.Add(leaf < middle ? new LeafRange(middle, to) : new LeafRange(from, middle));
            (from, to) = leaf < middle ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The subtrees whose hashes prove that a tree grew out of a smaller one (RFC 6962, 2.1.2).</summary>
    /// <param name="earlier">Leaves of the smaller tree, at least 1.</param>
    /// <param name="later">Leaves of the larger tree.</param>
    public static IReadOnlyList<LeafRange> ConsistencyPath(long earlier, long later)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(earlier, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
        var path = new List<LeafRange>();
        var (from, to) = (0L, later);
        while (to != earlier)
        {
            var middle = from + Split(to - from);
            path.Add(earlier <= middle ? new LeafRange(middle, to) : new LeafRange(from, middle));
            (from, to) = earlier <= middle ? (from, middle) : (middle, to);
        }

        // The smaller tree itself is known to whoever checks; a part of it is not.
        if (from != 0) path.Add(new LeafRange(from, to));
        path.Reverse();
        return path;
    }

    /// <summary>True when the path proves that the leaf stands at this place in the tree with this root.</summary>
    public static bool IsIncluded(long leaf, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (leaf < 0 || leaf >= size) return false;
        var (at, last, hash) = (leaf, size - 1, leafHash.ToArray());
        foreach (var sibling in path)
        {
            if (last == 0 || sibling.Length != HashLength) return false;
            if (at % 2 == 1 || at == last)
            {
                hash = Node(sibling, hash);
                while (at % 2 == 0 && at != 0) (at, last) = (at / 2, last / 2);
            }
            else
            {
                hash = Node(hash, sibling);
            }

            (at, last) = (at / 2, last / 2);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>True when the path proves that the later tree begins with all leaves of the earlier one.</summary>
    public static bool IsConsistent(long earlier, ReadOnlySpan<byte> earlierRoot, long later, ReadOnlySpan<byte> laterRoot, IReadOnlyList<byte[]> path)
    {
        if (earlier < 0 || earlier > later || path.Any(hash => hash.Length != HashLength)) return false;
        if (earlier == later) return path.Count == 0 && earlierRoot.SequenceEqual(laterRoot);
        if (earlier == 0) return path.Count == 0 && earlierRoot.SequenceEqual(EmptyRoot);
        var hashes = BitOperations.IsPow2(earlier) ? [earlierRoot.ToArray(), .. path] : path;
        if (hashes.Count == 0) return false;
        var (at, last) = (earlier - 1, later - 1);
        while (at % 2 == 1) (at, last) = (at / 2, last / 2);
        var (early, late) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (last == 0) return false;
            if (at % 2 == 1 || at == last)
            {
                (early, late) = (Node(hash, early), Node(hash, late));
                while (at % 2 == 0 && at != 0) (at, last) = (at / 2, last / 2);
            }
            else
            {
                late = Node(late, hash);
            }

            (at, last) = (at / 2, last / 2);
        }

        return last == 0 && earlierRoot.SequenceEqual(early) && laterRoot.SequenceEqual(late);
    }
}
