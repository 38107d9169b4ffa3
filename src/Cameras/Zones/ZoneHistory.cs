using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Zones;

/// <summary>The zones of a camera at any version.</summary>
internal sealed class ZoneHistory(CamerasDb db, ZoneIndex index)
{
    /// <summary>A version, or null when there was none such.</summary>
    public async Task<ZoneSet?> OfAsync(CameraId camera, int version, CancellationToken stop)
    {
        if (index.Of(camera) is { } now && now.Version == version) return now;
        return (await db.Zones.AsNoTracking().SingleOrDefaultAsync(drawn => drawn.Camera == camera && drawn.Version == version, stop))?.Read();
    }
}
