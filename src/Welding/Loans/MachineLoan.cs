using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Loans;

/// <summary>How a machine comes to somebody else.</summary>
internal enum LoanKind
{
    /// <summary>租用: for money.</summary>
    Rented,
    /// <summary>借用: without.</summary>
    Lent,
}

/// <summary>A stretch of days in which another enterprise uses a machine: its welders start it, its safety manager answers for it.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class MachineLoan : IVersioned
{
    public Guid Id { get; set; }

    public MachineId Machine { get; set; }

    public LoanKind Kind { get; set; }

    /// <summary>Who uses it meanwhile.</summary>
    public EnterpriseId Enterprise { get; set; }

    /// <summary>Who used it before and uses it afterwards.</summary>
    public EnterpriseId ReturnsTo { get; set; }

    /// <summary>First day.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly To { get; set; }

    /// <summary>The registry names the borrower: from the first day until it is given back.</summary>
    public bool IsOn { get; set; }

    /// <summary>Over: given back, or called off before it began.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    /// <summary>Shown name of who entered it.</summary>
    public required string EnteredBy { get; set; }

    /// <summary>Shown name of who ended it before its time, or null.</summary>
    public string? EndedBy { get; set; }

    public int Version { get; set; }
}

internal sealed class MachineLoanMapping : IEntityTypeConfiguration<MachineLoan>
{
    public void Configure(EntityTypeBuilder<MachineLoan> builder)
    {
        builder.ToTable("welding_machine_loans");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.EnteredBy).HasMaxLength(200);
        builder.Property(l => l.EndedBy).HasMaxLength(200);
        builder.HasIndex(l => l.Machine);
        builder.HasIndex(l => l.Enterprise);
        builder.HasIndex(l => l.ReturnsTo);
    }
}
