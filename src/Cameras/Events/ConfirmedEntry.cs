using Anlan.Cameras.Registry;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Events;

/// <summary>A named person's word that somebody who vanished or lay in a zone is safe; a read table.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class ConfirmedEntry
{
    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    public CameraId Camera { get; set; }

    public Guid Entry { get; set; }

    public Guid Account { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Note { get; set; }
}

internal sealed class ConfirmedEntryMapping : IEntityTypeConfiguration<ConfirmedEntry>
{
    public void Configure(EntityTypeBuilder<ConfirmedEntry> builder)
    {
        builder.ToTable("camera_confirmations");
        builder.HasKey(c => c.Seq);
        builder.Property(c => c.Seq).ValueGeneratedNever();
        builder.Property(c => c.Note).HasMaxLength(ConfirmEntry.LongestNote);
        builder.HasIndex(c => c.Entry).IsUnique();
        builder.HasIndex(c => c.At);
    }
}
