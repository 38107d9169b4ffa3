using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Events;

/// <summary>What happened before a camera, or to it; a read table that only <see cref="EventProjection"/> writes.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class CameraEvent : IPlaced<CameraEvent>
{
    public static Placing<CameraEvent> Placing { get; } = Placing<CameraEvent>.By(e => e.Division, e => e.Enterprise);

    /// <summary>Position of the log entry; of the entry that raised an alarm also the alarm's number.</summary>
    public long Seq { get; set; }

    public Guid Id { get; set; }

    public CameraId Camera { get; set; }

    public EnterpriseId Enterprise { get; set; }

    public DivisionCode Division { get; set; }

    public SightEventKind Kind { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When the server heard of it; later after a lost line.</summary>
    public DateTimeOffset HeardAt { get; set; }

    public int? Zone { get; set; }

    public int ZoneVersion { get; set; }

    public Guid? Entry { get; set; }

    public int Persons { get; set; }

    public SightState? State { get; set; }

    public EntryVerdict? Verdict { get; set; }

    public bool HasPicture { get; set; }

    /// <summary>Whether a clip is there, comes, or never will.</summary>
    public bool HasClip { get; set; }

    /// <summary>What people said of the alarm: null = nothing yet, true = it was so, false = a false alarm.</summary>
    public bool? WasTrue { get; set; }
}

internal sealed class CameraEventMapping : IEntityTypeConfiguration<CameraEvent>
{
    public void Configure(EntityTypeBuilder<CameraEvent> builder)
    {
        builder.ToTable("camera_events");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.HasIndex(e => e.Id).IsUnique();
        builder.HasIndex(e => new { e.Camera, e.At });
        builder.HasIndex(e => new { e.Division, e.Seq });
        builder.HasIndex(e => new { e.Enterprise, e.Seq });
        builder.HasIndex(e => e.Entry);
        builder.HasIndex(e => e.HeardAt);
    }
}
