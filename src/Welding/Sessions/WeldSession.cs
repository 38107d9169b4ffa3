using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Sessions;

/// <summary>A session as the log tells it; a read table, written by <see cref="SessionProjection"/> only.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class WeldSession : IPlaced<WeldSession>, IConcerns
{
    public static Placing<WeldSession> Placing { get; } = Placing<WeldSession>.By(s => s.Division, s => s.Enterprise);

    public SessionId Id { get; set; }

    /// <summary>Position of the log entry that decided it.</summary>
    public long Seq { get; set; }

    public MachineId Machine { get; set; }

    public PersonId Person { get; set; }

    public EnterpriseId Enterprise { get; set; }

    /// <summary>Where the machine stood: whoever supervises that place sees the session.</summary>
    public DivisionCode? Division { get; set; }

    public required string Chip { get; set; }

    public Guid Certificate { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the chip closed the relay; null when it never did, or has not said so yet.</summary>
    public DateTimeOffset? PoweredAt { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>When power went off; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why, see <see cref="Interlock.EndReasons"/>, the chip's reasons and the interlock's codes.</summary>
    public string? EndReason { get; set; }

    /// <summary>False while the end is only concluded from the end of the lease or a restart, and the chip has not told it.</summary>
    public bool IsEndConfirmed { get; set; }

    /// <summary>Why it was revoked, before the chip confirmed.</summary>
    public string? RevokeReason { get; set; }

    /// <summary>Last measurement.</summary>
    public DateTimeOffset? LastMeasuredAt { get; set; }

    public double ArcSeconds { get; set; }

    /// <summary>Joules while the arc burned.</summary>
    public double ArcJoules { get; set; }

    public double PeakAmperes { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Machine, Machine.Value), new(Concern.Person, Person.Value), new(Concern.Enterprise, Enterprise.Value)];
}

internal sealed class WeldSessionMapping : IEntityTypeConfiguration<WeldSession>
{
    public void Configure(EntityTypeBuilder<WeldSession> builder)
    {
        builder.ToTable("welding_sessions");
        builder.Property(s => s.Chip).HasMaxLength(40);
        builder.Property(s => s.EndReason).HasMaxLength(40);
        builder.Property(s => s.RevokeReason).HasMaxLength(40);
        // What the first decision says stays; the indexes over it need not be touched again when the session goes on.
        builder.Property(s => s.Machine).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(s => s.Person).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(s => s.Enterprise).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(s => s.Division).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(s => s.StartedAt).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.HasIndex(s => new { s.Machine, s.StartedAt });
        builder.HasIndex(s => new { s.Person, s.StartedAt });
        builder.HasIndex(s => new { s.Enterprise, s.StartedAt });
        builder.HasIndex(s => new { s.Division, s.StartedAt });
        builder.HasIndex(s => s.StartedAt);
    }
}
