using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Sessions;

/// <summary>One line of a machine's timeline; a read table.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class MachineEvent : IConcerns
{
    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    public MachineId Machine { get; set; }

    /// <summary>When it happened: by the chip's trusted clock where there is one.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When the server heard of it; much later than <see cref="At"/> after a lost network.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>Word of <c>Words</c>: <c>Event.{Kind}</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Reason code, or null.</summary>
    public string? Reason { get; set; }

    public Guid? Session { get; set; }

    public PersonId? Person { get; set; }

    /// <summary>Measured value of an event, or null.</summary>
    public double? Value { get; set; }

    // What else happens is told by sessions, refusals and incidents.
    public IEnumerable<Concern> Concerns() => Kind is MachineEventKinds.Online or MachineEventKinds.Offline ? [new(Concern.Machine, Machine.Value)] : [];
}

/// <summary>The kinds of lines.</summary>
internal static class MachineEventKinds
{
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Renewed = "renewed";
    public const string Revoked = "revoked";
    public const string Lapsed = "lapsed";
    public const string Online = "online";
    public const string Offline = "offline";
    public const string PowerOn = "powerOn";
    public const string PowerOff = "powerOff";
    public const string ChipRefused = "chipRefused";
    public const string Alarm = "alarm";
    public const string ArcWithoutGrant = "arcWithoutGrant";
    public const string TamperCleared = "tamperCleared";
}

internal sealed class MachineEventMapping : IEntityTypeConfiguration<MachineEvent>
{
    public void Configure(EntityTypeBuilder<MachineEvent> builder)
    {
        builder.ToTable("welding_machine_events");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Reason).HasMaxLength(40);
        builder.HasIndex(e => new { e.Machine, e.Seq });
    }
}
