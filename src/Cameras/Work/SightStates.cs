using System.Collections.Concurrent;
using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Work;

/// <summary>Whether each camera sees, as the log says.</summary>
internal sealed class SightStates : ILogObserver
{
    private readonly ConcurrentDictionary<CameraId, (SightState State, DateTimeOffset Since)> _states = new();

    /// <summary>The state of a camera and since when; one of which nothing was ever said has no worker.</summary>
    public (SightState State, DateTimeOffset Since) Of(CameraFacts camera) => _states.GetValueOrDefault(camera.Id, (SightState.Unwatched, camera.RegisteredAt));

    /// <summary>The state that is on record, or null.</summary>
    public SightState? Recorded(CameraId camera) => _states.TryGetValue(camera, out var known) ? known.State : null;

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            if (record.Body is CameraEventBody { Kind: SightEventKind.Sight, State: { } state } body) Take(new CameraId(body.Camera), state, body.At);
        }
    }

    /// <summary>What was so when the server went down.</summary>
    public async Task LoadAsync(AnlanDb db, CancellationToken stop)
    {
        var last = db.Set<CameraEvent>().Where(e => e.Kind == SightEventKind.Sight).GroupBy(e => e.Camera).Select(group => group.Max(e => e.Seq));
        foreach (var seen in await db.Set<CameraEvent>().AsNoTracking().Where(e => last.Contains(e.Seq)).ToListAsync(stop))
        {
            if (seen.State is { } state) _states.TryAdd(seen.Camera, (state, seen.At));
        }
    }

    private void Take(CameraId camera, SightState state, DateTimeOffset at) => _states.AddOrUpdate(camera, (state, at), (_, known) => known.State == state ? known : (state, at));
}

internal sealed class SightStatesLoading(SightStates states) : IStartUpStep
{
    public Task RunAsync(AnlanDb db, CancellationToken stop) => states.LoadAsync(db, stop);
}
