using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Detection;
using Anlan.Tests.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>Whole films through the real model: each entry is told once, nothing else is.</summary>
public sealed class ClipRunTests
{
    private const double Rate = 5;

    [Fact]
    public async Task Each_of_six_entries_is_told_once_and_each_exit_is_seen()
    {
        var (score, told) = await PlayAsync("one-by-one-person-detection.mp4");

        Assert.Equal((6, 1.0, 6, 0, 0), (score.Known, score.Recall, score.Told, score.False, score.Repeated));
        // Of the film's own time, not of the clock: whoever enters is told of within a second or so.
        Assert.All(score.Latencies, latency => Assert.InRange(latency, -1, 2));
        Assert.Equal(6, told.Count(one => one.Event.Kind == SightEventKind.Left));
    }

    [Fact]
    public async Task A_film_without_people_tells_nothing()
    {
        var (score, told) = await PlayAsync("car-detection.mp4");

        Assert.Equal((0, 0), (score.Told, score.False));
        Assert.Empty(told);
    }

    private static async Task<(ClipScore Score, List<(double Seconds, SightEvent Event)> Told)> PlayAsync(string clip)
    {
        var (film, stop) = (VisionClips.Find(clip), TestContext.Current.CancellationToken);
        var truth = ClipTruth.Beside(film);
        using var detector = DetectorFactory.Make(new DetectorOptions { Packages = KnownModels.Folder });
        var (run, told) = (new ClipRun(detector, truth.Zones, truth.Aspect), new List<(double Seconds, SightEvent Event)>());
        await foreach (var one in run.RunAsync(ClipFrames.ReadAsync(film, detector.Size, Rate, stop), stop)) told.Add(one);
        Assert.True(run.Pictures > 100);
        return (truth.Score(told), told);
    }
}
