using Anlan.Cameras.Registry;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Events;

/// <summary>That a clip of an event is kept, and which entry of the log says so; a read table.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class CameraClip
{
    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    public CameraId Camera { get; set; }

    public Guid Event { get; set; }

    public bool IsBlurred { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class CameraClipMapping : IEntityTypeConfiguration<CameraClip>
{
    public void Configure(EntityTypeBuilder<CameraClip> builder)
    {
        builder.ToTable("camera_clips");
        builder.HasKey(c => c.Seq);
        builder.Property(c => c.Seq).ValueGeneratedNever();
        builder.HasIndex(c => new { c.Event, c.IsBlurred }).IsUnique();
    }
}
