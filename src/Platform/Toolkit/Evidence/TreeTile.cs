using Anlan.Kernel.Log;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Evidence;

/// <summary>
/// A full tile of the log's Merkle tree: the hashes of 256 full subtrees that stand side by side. On level 0 they are the leaves, on each further
/// level the roots of 256 tiles of the level below. A proof reads a handful of tiles instead of the log, and a changed entry is named by its tile.
/// </summary>
[Scoped(ScopedBy.Installation)]
public sealed class TreeTile
{
    /// <summary>Hashes of a tile.</summary>
    public const int Width = 256;

    /// <summary>Level, from 0.</summary>
    public int Level { get; set; }

    /// <summary>Place on its level, from 0.</summary>
    public long Place { get; set; }

    /// <summary>The hashes one after another.</summary>
    [PlainBytes]
    public required byte[] Hashes { get; set; }

    /// <summary>One of the hashes.</summary>
    public byte[] this[int index] => Hashes.AsSpan(index * MerkleTree.HashLength, MerkleTree.HashLength).ToArray();
}

internal sealed class TreeTileMapping : IEntityTypeConfiguration<TreeTile>
{
    public void Configure(EntityTypeBuilder<TreeTile> builder)
    {
        builder.ToTable("platform_tree_tiles");
        builder.HasKey(t => new { t.Level, t.Place });
    }
}
