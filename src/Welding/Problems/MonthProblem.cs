using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Problems;

/// <summary>What is counted per town and month.</summary>
internal enum ProblemKind
{
    /// <summary>人机失管: the enterprise that uses the machine is not in the register or closed, or a chip is heard that belongs to no machine.</summary>
    Unregistered,

    /// <summary>人机失管: no chip, or one that never spoke.</summary>
    Unchipped,

    /// <summary>人机失管: nobody with a certificate in force is bound to the enterprise that uses the machine.</summary>
    Unbound,

    /// <summary>人机失管: the chip has been off-line for longer than the rule allows.</summary>
    OfflineLong,

    /// <summary>A start without a certificate in force that was blocked.</summary>
    Unlicensed,

    /// <summary>Arc current without a grant.</summary>
    Ungranted,
}

/// <summary>A machine that was out of hand when a month ended; the running month is counted from the records themselves.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class MonthProblem : IPlaced<MonthProblem>
{
    public static Placing<MonthProblem> Placing { get; } = Placing<MonthProblem>.ByOptional(p => p.Division, p => p.Enterprise);

    public Guid Id { get; set; }

    /// <summary>First day of the month in the city.</summary>
    public DateOnly Month { get; set; }

    public ProblemKind Kind { get; set; }

    /// <summary>The machine; null for a chip that belongs to none.</summary>
    public MachineId? Machine { get; set; }

    /// <summary>Its chip, or null.</summary>
    public string? Chip { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    public DivisionCode? Division { get; set; }

    /// <summary>Last word of the chip, or null.</summary>
    public DateTimeOffset? LastHeard { get; set; }

    /// <summary>When it was written down: right after the month, or later when the server was off.</summary>
    public DateTimeOffset TakenAt { get; set; }
}

internal sealed class MonthProblemMapping : IEntityTypeConfiguration<MonthProblem>
{
    public void Configure(EntityTypeBuilder<MonthProblem> builder)
    {
        builder.ToTable("welding_month_problems");
        builder.Property(p => p.Chip).HasMaxLength(40);
        builder.HasIndex(p => new { p.Month, p.Kind, p.Division });
        builder.HasIndex(p => new { p.Division, p.Month });
        builder.HasIndex(p => new { p.Enterprise, p.Month });
        builder.HasIndex(p => p.TakenAt);
    }
}

/// <summary>A month whose machines out of hand were written down, be it none: a month without a row was never counted.</summary>
[Scoped(ScopedBy.Installation)]
internal sealed class ClosedMonth
{
    /// <summary>First day of the month in the city.</summary>
    public DateOnly Month { get; set; }

    public DateTimeOffset TakenAt { get; set; }
}

internal sealed class ClosedMonthMapping : IEntityTypeConfiguration<ClosedMonth>
{
    public void Configure(EntityTypeBuilder<ClosedMonth> builder)
    {
        builder.ToTable("welding_closed_months");
        builder.HasKey(m => m.Month);
    }
}
