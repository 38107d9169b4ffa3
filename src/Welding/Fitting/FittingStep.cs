using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Fitting;

/// <summary>One step of a machine's fitting: what was done, when, by whom. A step that is taken back stays and says so.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class FittingStep
{
    /// <summary>Version 7: rises with time.</summary>
    public Guid Id { get; set; }

    public MachineId Machine { get; set; }

    public FittingAct Act { get; set; }

    public FittingState From { get; set; }

    public FittingState To { get; set; }

    /// <summary>The chip that sat on the machine after it, or was taken off by it; null without one.</summary>
    public string? Chip { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Who did it; empty for the platform itself.</summary>
    public Guid Account { get; set; }

    /// <summary>Shown name of the account at that moment.</summary>
    public required string By { get; set; }

    /// <summary>What was found or why, or null.</summary>
    public string? Note { get; set; }

    /// <summary>The day that was agreed, for <see cref="FittingAct.Schedule"/>.</summary>
    public DateOnly? PlannedOn { get; set; }

    /// <summary>Downlink of the self-test, as in the log, for tests.</summary>
    public Guid? Test { get; set; }

    /// <summary>What the self-test measured, see <see cref="SelfTestResult"/>, as JSON; null for other acts.</summary>
    public string? Result { get; set; }

    public DateTimeOffset? UndoneAt { get; set; }

    public string? UndoneBy { get; set; }
}

internal sealed class FittingStepMapping : IEntityTypeConfiguration<FittingStep>
{
    public void Configure(EntityTypeBuilder<FittingStep> builder)
    {
        builder.ToTable("welding_fitting_steps");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Chip).HasMaxLength(40);
        builder.Property(s => s.By).HasMaxLength(200);
        builder.Property(s => s.Note).HasMaxLength(200);
        builder.Property(s => s.Result).HasMaxLength(4_000);
        builder.Property(s => s.UndoneBy).HasMaxLength(200);
        builder.HasIndex(s => new { s.Machine, s.Id });
    }
}
