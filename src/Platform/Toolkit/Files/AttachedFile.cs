using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Files;

/// <summary>
/// A file that a record names. Whoever may see the record may see the file, and nobody else: the module that owns the record answers for it. Several rows may
/// name the same content; it stays until the last of them goes.
/// </summary>
[Scoped(ScopedBy.Records)]
public sealed class AttachedFile : IVersioned, ISealed<AttachedFile>
{
    /// <inheritdoc />
    public static Sealing<AttachedFile> Sealing { get; } = new Sealing<AttachedFile>(file => $"platform.file/{file.Id}").Column(file => file.Key, "key");

    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>Kind of the record, for example <c>certificate</c>.</summary>
    public required string RecordKind { get; set; }

    /// <summary>The record.</summary>
    public Guid Record { get; set; }

    /// <summary>What it shows of the record, a word of the module, for example <c>front</c>.</summary>
    public required string Part { get; set; }

    /// <summary>Name of the kept file.</summary>
    public required string Hash { get; set; }

    /// <summary>Bytes of the content.</summary>
    public long Size { get; set; }

    /// <summary>Its <see cref="MediaType"/> by name.</summary>
    public required string MediaType { get; set; }

    /// <summary>Sealed: the key that opens the content, Base64; null for what is not sealed. Without the row nobody opens the file.</summary>
    public byte[]? Key { get; set; }

    /// <summary>Whom it shows: a hold on the person keeps it; null when it is about nobody.</summary>
    public Guid? Person { get; set; }

    /// <summary>Whose it was when it was attached: a hold on the enterprise keeps it; or null.</summary>
    public Guid? Enterprise { get; set; }

    /// <summary>When it was attached.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>By which account.</summary>
    public Guid Account { get; set; }

    /// <summary>Name of the account at that moment.</summary>
    public required string By { get; set; }

    /// <summary>When somebody took it back; it is kept for its term then.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Why.</summary>
    public string? WithdrawReason { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <summary>The record as the log and the audit name it.</summary>
    public string Subject => $"{RecordKind}/{Record}";
}

internal sealed class AttachedFileMapping : IEntityTypeConfiguration<AttachedFile>
{
    public void Configure(EntityTypeBuilder<AttachedFile> builder)
    {
        builder.ToTable("platform_files");
        builder.Ignore(f => f.Subject);
        builder.Property(f => f.RecordKind).HasMaxLength(40);
        builder.Property(f => f.Part).HasMaxLength(40);
        builder.Property(f => f.Hash).HasMaxLength(64);
        builder.Property(f => f.MediaType).HasMaxLength(60);
        builder.Property(f => f.By).HasMaxLength(100);
        builder.Property(f => f.WithdrawReason).HasMaxLength(200);
        builder.HasIndex(f => new { f.Record, f.Id });
        builder.HasIndex(f => f.Hash);
        builder.HasIndex(f => f.WithdrawnAt);
    }
}
