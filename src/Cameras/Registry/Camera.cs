using System.Text.Json;
using Anlan.Cameras.Sight.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Registry;

/// <summary>A camera.</summary>
public readonly record struct CameraId(Guid Value) : ITypedId<CameraId>
{
    /// <inheritdoc />
    public static CameraId From(Guid value) => new(value);
}

/// <summary>A camera that looks at a confined space.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Camera : IVersioned, IConcerns, ISealed<Camera>
{
    public const int LongestName = 60;
    public const int LongestSign = 300;
    public const int LongestReason = 200;

    public static Sealing<Camera> Sealing { get; } = new Sealing<Camera>(camera => $"cameras.camera/{camera.Id.Value}").Column(c => c.Address, "address");

    public CameraId Id { get; set; }

    /// <summary>Its number, such as CAM-0001; part of its page's address.</summary>
    public required string Code { get; set; }

    public required string Name { get; set; }

    public SpaceId Space { get; set; }

    /// <summary>The space's enterprise.</summary>
    public EnterpriseId Enterprise { get; set; }

    /// <summary>Where the space lies.</summary>
    public DivisionCode Division { get; set; }

    /// <summary>Sealed: where its pictures come from, user and password included.</summary>
    public required byte[] Address { get; set; }

    /// <summary>The same for people, without user and password.</summary>
    public required string AddressShown { get; set; }

    /// <summary>JSON list of <see cref="WatchHours"/>: when it is watched; empty = always.</summary>
    public string Hours { get; set; } = "[]";

    /// <summary>What stands on the sign beside it, for those whom it sees.</summary>
    public string SignText { get; set; } = "";

    /// <summary>Why it is switched off, or null while it is watched.</summary>
    public string? PausedReason { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Why it is gone, or null; final.</summary>
    public string? RemovedReason { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int Version { get; set; }

    public IReadOnlyList<WatchHours> ReadHours() => JsonSerializer.Deserialize(Hours, ZoneJson.Default.IReadOnlyListWatchHours) ?? [];

    public IEnumerable<Concern> Concerns() => [new(Concern.Enterprise, Enterprise.Value)];
}

internal sealed class CameraMapping : IEntityTypeConfiguration<Camera>
{
    public void Configure(EntityTypeBuilder<Camera> builder)
    {
        builder.ToTable("cameras");
        builder.Property(c => c.Code).HasMaxLength(32);
        builder.Property(c => c.Name).HasMaxLength(Camera.LongestName);
        builder.Property(c => c.AddressShown).HasMaxLength(500);
        builder.Property(c => c.Hours).HasMaxLength(4_000);
        builder.Property(c => c.SignText).HasMaxLength(Camera.LongestSign);
        builder.Property(c => c.PausedReason).HasMaxLength(Camera.LongestReason);
        builder.Property(c => c.RemovedReason).HasMaxLength(Camera.LongestReason);
        builder.HasIndex(c => c.Code).IsUnique();
        builder.HasIndex(c => c.Enterprise);
        builder.HasIndex(c => c.Division);
        builder.HasIndex(c => c.Space);
    }
}
