using System.Diagnostics;
using System.Runtime.CompilerServices;
using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>Plays frames through detector, tracker and zones as a worker does, without a camera, a clock or a server: what a film would have told.</summary>
/// <param name="detector">What finds people.</param>
/// <param name="zones">The zones.</param>
/// <param name="aspect">Width of the film's picture over its height.</param>
internal sealed class ClipRun(IPersonDetector detector, ZoneSet zones, float aspect)
{
    /// <summary>Films have no time of day: they begin here.</summary>
    public static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch;

    private readonly LyingPass _lying = new(detector, aspect);

    /// <summary>How many pictures were looked at.</summary>
    public int Pictures { get; private set; }

    /// <summary>How many rotated passes were made besides.</summary>
    public int LyingPasses { get; private set; }

    /// <summary>How long looking took: detection with what comes before and after it, tracking and zones.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>What happens, with the second of the film in which it is told.</summary>
    /// <param name="frames">Second and picture of each frame, RGB of the detector's size.</param>
    /// <param name="stop">Ends it.</param>
    public async IAsyncEnumerable<(double Seconds, SightEvent Event)> RunAsync(IAsyncEnumerable<(double Seconds, byte[] Rgb)> frames, [EnumeratorCancellation] CancellationToken stop)
    {
        var settings = TrackerSettings.From(detector.Threshold, aspect);
        var (tracker, watch) = (new PersonTracker(settings), new ZoneWatch(Guid.Empty, zones, [], TimeZoneInfo.Utc, new ZoneWatchSettings { Aspect = aspect }));
        await foreach (var (seconds, rgb) in frames.WithCancellation(stop))
        {
            var from = Stopwatch.GetTimestamp();
            tracker.Update(detector.Detect(rgb, settings.Doubtful));
            var lying = watch.IsOccupied ? _lying.Detect(rgb, detector.Threshold, watch.LyingArea) : null;
            var happened = watch.Look(SightPicture.Of(Begin.AddSeconds(seconds), tracker, lying));
            (Spent, Pictures, LyingPasses) = (Spent + Stopwatch.GetElapsedTime(from), Pictures + 1, LyingPasses + (lying is null ? 0 : 1));
            foreach (var one in happened) yield return (seconds, one);
        }
    }
}
