using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Telemetry;

/// <summary>How long a stretch of roll-up is.</summary>
internal enum SpanKind
{
    Minute,
    Hour,
    /// <summary>A day of the city.</summary>
    Day,
}

/// <summary>What one machine measured within a minute, an hour or a day; a read table, written by <see cref="RollUpProjection"/> only.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class MeasuredSpan
{
    public SpanKind Kind { get; set; }

    public MachineId Machine { get; set; }

    /// <summary>Begin of the stretch.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>Points.</summary>
    public long Points { get; set; }

    /// <summary>Points with an arc.</summary>
    public long ArcPoints { get; set; }

    public double ArcSeconds { get; set; }

    /// <summary>Joules while the arc burned.</summary>
    public double ArcJoules { get; set; }

    /// <summary>Sum over the points with an arc: the mean is this by <see cref="ArcPoints"/>.</summary>
    public double SumAmperes { get; set; }

    /// <summary>Sum over the points with an arc.</summary>
    public double SumVolts { get; set; }

    public double PeakAmperes { get; set; }

    /// <summary>Highest temperature in °C.</summary>
    public double PeakTemperature { get; set; }

    /// <summary>Points with a gas alarm.</summary>
    public long GasPoints { get; set; }

    /// <summary>First position in the telemetry that it was rolled up from.</summary>
    public long FirstSeq { get; set; }

    /// <summary>Last position in the telemetry that it was rolled up from.</summary>
    public long LastSeq { get; set; }
}

internal sealed class MeasuredSpanMapping : IEntityTypeConfiguration<MeasuredSpan>
{
    public void Configure(EntityTypeBuilder<MeasuredSpan> builder)
    {
        builder.ToTable("welding_measured");
        builder.HasKey(s => new { s.Kind, s.Machine, s.From });
        builder.HasIndex(s => new { s.Kind, s.From });
    }
}
