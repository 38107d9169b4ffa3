using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Welding.Fitting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Machines;

/// <summary>What a machine welds with; decides which sub-item of the certificate it needs.</summary>
internal enum MachineKind
{
    /// <summary>电焊.</summary>
    Electric,
    /// <summary>气焊 and gas cutting.</summary>
    Gas,
}

/// <summary>A welding machine as people declared it. What it does right now is <see cref="MachineState"/>.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class WeldingMachine : IVersioned, IConcerns
{
    public MachineId Id { get; set; }

    /// <summary>Printed under the QR code; part of the phone page's address.</summary>
    public required string Code { get; set; }

    public MachineKind Kind { get; set; }

    public required string Model { get; set; }

    /// <summary>Amperes; 0 for gas.</summary>
    public int RatedCurrent { get; set; }

    /// <summary>Owner, when an enterprise owns it; rented and lent machines have another user.</summary>
    public EnterpriseId? OwnerEnterprise { get; set; }

    /// <summary>Owner, when a person does.</summary>
    public PersonId? OwnerPerson { get; set; }

    /// <summary>For whom it is used: welders must be bound to this enterprise.</summary>
    public EnterpriseId UserEnterprise { get; set; }

    public DivisionCode Division { get; set; }

    /// <summary>Where it stands, in words.</summary>
    public required string Site { get; set; }

    /// <summary>WGS-84.</summary>
    public double Latitude { get; set; }

    /// <summary>WGS-84.</summary>
    public double Longitude { get; set; }

    /// <summary>How far from its place the chip may be.</summary>
    public int FenceMetres { get; set; }

    /// <summary>Serial of the fitted chip, or null.</summary>
    public string? ChipSerial { get; set; }

    /// <summary>How far the fitting of its chip has come; only an active one may be started.</summary>
    public FittingState Fitting { get; set; }

    /// <summary>The agreed day of the fitting, while it is scheduled.</summary>
    public DateOnly? FittingPlannedOn { get; set; }

    /// <summary>Why it is locked, or null.</summary>
    public string? LockReason { get; set; }

    /// <summary>The enterprise whose own safety manager locked it; null when the bureau did: then only the bureau unlocks it.</summary>
    public EnterpriseId? LockedFor { get; set; }

    public DateTimeOffset? LockedAt { get; set; }

    /// <summary>Why it was scrapped, or null; final.</summary>
    public string? ScrapReason { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int Version { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Machine, Id.Value), new(Concern.Enterprise, UserEnterprise.Value)];
}

internal sealed class WeldingMachineMapping : IEntityTypeConfiguration<WeldingMachine>
{
    public void Configure(EntityTypeBuilder<WeldingMachine> builder)
    {
        builder.ToTable("welding_machines");
        builder.Property(m => m.Code).HasMaxLength(40);
        builder.Property(m => m.Model).HasMaxLength(80);
        builder.Property(m => m.Site).HasMaxLength(200);
        builder.Property(m => m.ChipSerial).HasMaxLength(40);
        builder.Property(m => m.LockReason).HasMaxLength(200);
        builder.Property(m => m.ScrapReason).HasMaxLength(200);
        builder.HasIndex(m => m.Code).IsUnique();
        builder.HasIndex(m => m.ChipSerial).IsUnique();
        builder.HasIndex(m => m.UserEnterprise);
        builder.HasIndex(m => m.Division);
    }
}
