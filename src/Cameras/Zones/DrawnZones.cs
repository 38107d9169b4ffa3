using System.Text.Json;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Zones;

/// <summary>The zones of a camera as they were drawn once. A version is never changed: an event names the one that was in force.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class DrawnZones
{
    public CameraId Camera { get; set; }

    /// <summary>Counted from 1 for each camera.</summary>
    public int Version { get; set; }

    /// <summary>JSON list of <see cref="Zone"/>.</summary>
    public required string Zones { get; set; }

    public DateTimeOffset DrawnAt { get; set; }

    /// <summary>The account that drew it.</summary>
    public Guid DrawnBy { get; set; }

    public ZoneSet Read() => new(Version, JsonSerializer.Deserialize(Zones, ZoneJson.Default.IReadOnlyListZone) ?? []);
}

internal sealed class DrawnZonesMapping : IEntityTypeConfiguration<DrawnZones>
{
    public void Configure(EntityTypeBuilder<DrawnZones> builder)
    {
        builder.ToTable("camera_zones");
        builder.HasKey(z => new { z.Camera, z.Version });
    }
}

/// <summary>The zones in force of each camera, in memory.</summary>
internal sealed class ZoneIndex : EntityIndex<DrawnZones>
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<CameraId, ZoneSet> _inForce = new();

    /// <summary>What is in force for a camera.</summary>
    public ZoneSet Of(CameraId camera) => _inForce.GetValueOrDefault(camera, ZoneSet.None);

    protected override void Clear() => _inForce.Clear();

    protected override void Put(DrawnZones entity)
    {
        var drawn = entity.Read();
        _inForce.AddOrUpdate(entity.Camera, drawn, (_, known) => known.Version > drawn.Version ? known : drawn);
    }

    protected override void Remove(DrawnZones entity) => _inForce.TryRemove(entity.Camera, out _);
}
