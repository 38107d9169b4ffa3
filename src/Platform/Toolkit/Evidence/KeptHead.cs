using Anlan.Kernel.Log;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Evidence;

/// <summary>A tree head that this installation signed.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class KeptHead
{
    /// <summary>Entries that it covers.</summary>
    public long Size { get; set; }

    /// <summary>Root over them.</summary>
    [PlainBytes]
    public required byte[] Root { get; set; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Id of the key.</summary>
    public required string Key { get; set; }

    /// <summary>Signature, DER.</summary>
    [PlainBytes]
    public required byte[] Signature { get; set; }

    /// <summary>The head as it was signed.</summary>
    public SignedTreeHead Signed => new(new TreeHead(Size, Root, At, Key), Signature);

    /// <summary>A row of a signed head.</summary>
    public static KeptHead Of(SignedTreeHead signed) => new() { Size = signed.Head.Size, Root = signed.Head.Root, At = signed.Head.At, Key = signed.Head.Key, Signature = signed.Signature };
}

internal sealed class KeptHeadMapping : IEntityTypeConfiguration<KeptHead>
{
    public void Configure(EntityTypeBuilder<KeptHead> builder)
    {
        builder.ToTable("platform_tree_heads");
        builder.HasKey(h => h.Size);
        builder.Property(h => h.Size).ValueGeneratedNever();
        builder.Property(h => h.Key).HasMaxLength(64);
        builder.Ignore(h => h.Signed);
    }
}
