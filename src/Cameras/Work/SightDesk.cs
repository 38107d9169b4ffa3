using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Zones;
using Anlan.Toolkit.Log;

namespace Anlan.Cameras.Work;

/// <summary>Puts on record what the server itself knows of a camera's sight: that nobody looks through it, that somebody switched it off, and what a worker reports without having told of it.</summary>
internal sealed class SightDesk(HotLog log, SightStates states, CameraIndex cameras, ZoneIndex zones, TimeProvider clock)
{
    /// <summary>Writes a state down, unless it is the one that is on record.</summary>
    /// <exception cref="LogUnavailableException">It could not be written.</exception>
    public async Task SayAsync(CameraId id, SightState state, CancellationToken stop, DateTimeOffset? since = null)
    {
        if (cameras.Find(id) is not { } camera || states.Recorded(id) == state) return;
        var now = clock.GetUtcNow();
        var at = since is { } told && told < now ? told : now;
        await log.AppendAsync(new CameraEventBody(Guid.CreateVersion7(now), id.Value, SightEventKind.Sight, at, null, zones.Of(id).Version) { State = state }.Draft(now), stop);
    }
}
