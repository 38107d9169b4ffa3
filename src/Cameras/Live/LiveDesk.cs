using System.Collections.Concurrent;
using Anlan.Cameras.Registry;

namespace Anlan.Cameras.Live;

/// <summary>A picture as it is now.</summary>
/// <param name="Number">Counted for each camera.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Jpeg">The picture.</param>
/// <param name="People">Who is in it: JSON list of people.</param>
internal sealed record LivePicture(long Number, DateTimeOffset TakenAt, byte[] Jpeg, string People);

/// <summary>
/// The newest picture of each camera at which somebody looks, in memory and nowhere else. Pictures are asked for one by one: over a slow line there are fewer of them, never late ones. Nobody looks: the
/// worker sends none.
/// </summary>
internal sealed class LiveDesk
{
    /// <summary>For so long after the last question a camera counts as looked at.</summary>
    public static readonly TimeSpan Looked = TimeSpan.FromSeconds(15);

    /// <summary>An older picture is marked as not live, everywhere.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<CameraId, LivePicture> _pictures = new();
    private readonly ConcurrentDictionary<CameraId, DateTimeOffset> _looked = new();
    private readonly ConcurrentDictionary<CameraId, TaskCompletionSource> _waiting = new();
    private long _numbers;

    /// <summary>True while somebody looks.</summary>
    public bool IsWatched(CameraId camera, DateTimeOffset now) => _looked.TryGetValue(camera, out var at) && now - at < Looked;

    /// <summary>Takes a worker's picture.</summary>
    public void Put(CameraId camera, DateTimeOffset takenAt, byte[] jpeg, string people)
    {
        _pictures[camera] = new LivePicture(Interlocked.Increment(ref _numbers), takenAt, jpeg, people);
        if (_waiting.TryRemove(camera, out var waiting)) waiting.TrySetResult();
    }

    /// <summary>The first picture after a number, or the newest when none comes within the wait; null when there is none at all.</summary>
    public async Task<LivePicture?> AfterAsync(CameraId camera, long number, TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        _looked[camera] = clock.GetUtcNow();
        var waiting = _waiting.GetOrAdd(camera, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_pictures.TryGetValue(camera, out var newest) && newest.Number > number) return newest;
        try
        {
            await waiting.Task.WaitAsync(most, clock, stop);
        }
        catch (TimeoutException)
        {
            // The one before is answered, with its time: the page says how old it is.
        }

        return _pictures.GetValueOrDefault(camera);
    }
}
