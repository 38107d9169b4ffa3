using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Why something that arrived at the broker was not taken. Kept as a word.</summary>
public enum RejectionKind
{
    /// <summary>A message of a device that its channel cannot read.</summary>
    Malformed,

    /// <summary>A packet larger than allowed, refused on its fixed header.</summary>
    Oversized,

    /// <summary>A publication or subscription outside the device's own topics.</summary>
    ForeignTopic,

    /// <summary>A connection without the credential of the device that it claims to be.</summary>
    Credential,

    /// <summary>Bytes that are no MQTT, half a greeting, or silence.</summary>
    NoMqtt,

    /// <summary>More connections than one address or device may have, or one that would stay for ever.</summary>
    TooMany,
}

/// <summary>Something that was not taken, kept for inspection: evidence of a fault or of somebody who tries, not of work.</summary>
[Scoped(ScopedBy.Records)]
public sealed class RejectedUplink
{
    /// <summary>Order of keeping.</summary>
    public long Seq { get; set; }

    /// <summary>Receipt.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Why.</summary>
    public RejectionKind Kind { get; set; }

    /// <summary>The device's serial, or the address from which a stranger came; so many are kept of each.</summary>
    public required string Source { get; set; }

    /// <summary>Serial that was proven, or merely claimed when the credential was refused; null when nothing was said.</summary>
    public string? Device { get; set; }

    /// <summary>Device class and channel, or the whole topic where it is a foreign one; empty without a topic.</summary>
    public required string Channel { get; set; }

    /// <summary>Which field, what is wrong; for the firmware's engineer, in English.</summary>
    public required string Reason { get; set; }

    /// <summary>Full length in bytes.</summary>
    public long Length { get; set; }

    /// <summary>The first 4 KiB. Nothing of a greeting, in which secrets stand.</summary>
    [PlainBytes]
    public required byte[] Payload { get; set; }
}

/// <summary>How many were rejected for one reason since the installation began; what was pruned is counted, too.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class RejectedCount
{
    /// <summary>Why.</summary>
    public RejectionKind Kind { get; set; }

    /// <summary>All.</summary>
    public long Total { get; set; }

    /// <summary>Those of them that came faster than they could be kept: counted only.</summary>
    public long NotKept { get; set; }

    /// <summary>The last one, at most a second off.</summary>
    public DateTimeOffset LastAt { get; set; }
}

internal sealed class RejectedUplinkMapping : IEntityTypeConfiguration<RejectedUplink>
{
    public void Configure(EntityTypeBuilder<RejectedUplink> builder)
    {
        builder.ToTable("platform_rejected_uplinks");
        builder.HasKey(m => m.Seq);
        builder.Property(m => m.Source).HasMaxLength(64);
        builder.Property(m => m.Device).HasMaxLength(64);
        builder.Property(m => m.Channel).HasMaxLength(200);
        builder.Property(m => m.Reason).HasMaxLength(400);
        builder.HasIndex(m => new { m.Source, m.Seq });
    }
}

internal sealed class RejectedCountMapping : IEntityTypeConfiguration<RejectedCount>
{
    public void Configure(EntityTypeBuilder<RejectedCount> builder)
    {
        builder.ToTable("platform_rejected_counts");
        builder.HasKey(c => c.Kind);
    }
}
