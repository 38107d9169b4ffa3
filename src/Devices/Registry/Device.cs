using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Devices.Registry;

/// <summary>A registered field device and the credential that it connects with.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Device : IVersioned
{
    public DeviceId Id { get; set; }

    public required string Serial { get; set; }

    public required string Kind { get; set; }

    /// <summary>SHA-256 of the secret: 32 random bytes need no slow hash.</summary>
    [PlainBytes]
    public required byte[] SecretHash { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary>The organ that is answerable for it while it is fitted nowhere; null when whoever runs the installation registered it.</summary>
    public OrganId? RegisteredBy { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int Version { get; set; }
}

/// <summary>What the device last said, projected from the log; the live state is <see cref="Presence.DeviceStates"/>.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class DeviceReportRow
{
    public required string Serial { get; set; }

    public bool IsOnline { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public long Boot { get; set; }

    public string? Firmware { get; set; }

    public bool IsTampered { get; set; }

    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    public DateTimeOffset? PositionAt { get; set; }

    public long LastCounter { get; set; }

    public bool RelayClosed { get; set; }
}

internal sealed class DeviceMapping : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices_devices");
        builder.Property(d => d.Serial).HasMaxLength(64);
        builder.Property(d => d.Kind).HasMaxLength(40);
        builder.HasIndex(d => d.Serial).IsUnique();
    }
}

internal sealed class DeviceReportRowMapping : IEntityTypeConfiguration<DeviceReportRow>
{
    public void Configure(EntityTypeBuilder<DeviceReportRow> builder)
    {
        builder.ToTable("devices_reports");
        builder.HasKey(r => r.Serial);
        builder.Property(r => r.Serial).HasMaxLength(64);
        builder.Property(r => r.Firmware).HasMaxLength(40);
    }
}
