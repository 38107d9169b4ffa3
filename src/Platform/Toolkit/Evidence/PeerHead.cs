using Anlan.Kernel.Log;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Evidence;

/// <summary>A signed head of another organ's log, kept as a witness: one that grew out of those before, or one that contradicts them.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class PeerHead
{
    /// <summary>Sorts by time of arrival.</summary>
    public Guid Id { get; set; }

    /// <summary>Name of the peer as it was configured.</summary>
    public required string Peer { get; set; }

    /// <summary>Entries that it covers.</summary>
    public long Size { get; set; }

    /// <summary>Root over them.</summary>
    [PlainBytes]
    public required byte[] Root { get; set; }

    /// <summary>When it was signed, by the peer's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Id of the key.</summary>
    public required string Key { get; set; }

    /// <summary>Signature, DER.</summary>
    [PlainBytes]
    public required byte[] Signature { get; set; }

    /// <summary>When it came.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>True for a head that contradicts an earlier one: the log has a fork.</summary>
    public bool IsFork { get; set; }

    /// <summary>When an administrator took note of the fork; null before.</summary>
    public DateTimeOffset? NotedAt { get; set; }

    /// <summary>The head as it was signed.</summary>
    public SignedTreeHead Signed => new(new TreeHead(Size, Root, At, Key), Signature);
}

internal sealed class PeerHeadMapping : IEntityTypeConfiguration<PeerHead>
{
    public void Configure(EntityTypeBuilder<PeerHead> builder)
    {
        builder.ToTable("platform_peer_heads");
        builder.Property(h => h.Peer).HasMaxLength(40);
        builder.Property(h => h.Key).HasMaxLength(64);
        builder.Ignore(h => h.Signed);
        builder.HasIndex(h => new { h.Peer, h.Size });
    }
}
