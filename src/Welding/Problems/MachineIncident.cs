using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Problems;

/// <summary>What a chip told that must not happen.</summary>
internal enum IncidentKind
{
    /// <summary>Arc current without a grant: somebody has power past the interlock.</summary>
    Ungranted,

    /// <summary>The chip was opened or moved by force.</summary>
    Tampered,
}

/// <summary>Something that must not happen and did, where the machine stood and for whom it was used; a read table.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class MachineIncident : IPlaced<MachineIncident>, IConcerns
{
    public static Placing<MachineIncident> Placing { get; } = Placing<MachineIncident>.By(i => i.Division, i => i.Enterprise);

    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    public IncidentKind Kind { get; set; }

    public MachineId Machine { get; set; }

    public EnterpriseId Enterprise { get; set; }

    public DivisionCode? Division { get; set; }

    /// <summary>When it happened: by the chip's trusted clock where there is one.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Peak of the arc in amperes, or null.</summary>
    public double? Amperes { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Machine, Machine.Value), new(Concern.Enterprise, Enterprise.Value)];
}

internal sealed class MachineIncidentMapping : IEntityTypeConfiguration<MachineIncident>
{
    public void Configure(EntityTypeBuilder<MachineIncident> builder)
    {
        builder.ToTable("welding_incidents");
        builder.HasKey(i => i.Seq);
        builder.Property(i => i.Seq).ValueGeneratedNever();
        builder.HasIndex(i => new { i.Machine, i.At });
        builder.HasIndex(i => new { i.Enterprise, i.At });
        builder.HasIndex(i => new { i.Division, i.At });
        builder.HasIndex(i => i.At);
    }
}
