using System.Collections.Concurrent;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Zones;

/// <summary>Where people were before each camera within the last hour, in memory and nowhere else: boxes, no pictures. Shows what zones that are only being drawn would have found.</summary>
internal sealed class SeenHour(TimeProvider clock)
{
    /// <summary>How far back it reaches.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    // Five pictures a second.
    private const int Most = 18_000;
    private readonly ConcurrentDictionary<CameraId, Queue<RecordedPicture>> _seen = new();
    private readonly DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Since when there are records: of an hour, or since the server's start.</summary>
    public DateTimeOffset Since => clock.GetUtcNow() - Length is var hour && hour > _since ? hour : _since;

    /// <summary>Takes what a worker reports.</summary>
    public void Take(CameraId camera, IReadOnlyList<RecordedPicture> pictures)
    {
        if (pictures.Count == 0) return;
        var seen = _seen.GetOrAdd(camera, _ => new Queue<RecordedPicture>());
        var oldest = clock.GetUtcNow() - Length;
        lock (seen)
        {
            foreach (var picture in pictures) seen.Enqueue(picture);
            while (seen.Count > Most || (seen.TryPeek(out var first) && first.At < oldest)) seen.Dequeue();
        }
    }

    /// <summary>What there is of a camera, the oldest first.</summary>
    public IReadOnlyList<RecordedPicture> Of(CameraId camera)
    {
        if (!_seen.TryGetValue(camera, out var seen)) return [];
        var oldest = clock.GetUtcNow() - Length;
        lock (seen) return [.. seen.Where(picture => picture.At >= oldest)];
    }
}
