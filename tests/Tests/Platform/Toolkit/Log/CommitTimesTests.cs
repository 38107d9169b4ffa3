using System.Diagnostics;
using System.Diagnostics.Metrics;
using Anlan.Toolkit.Log;

namespace Anlan.Tests.Platform.Toolkit.Log;

/// <summary>How the log's commits do, told with timestamps of the test's own.</summary>
public sealed class CommitTimesTests : IDisposable
{
    private readonly CommitTimes _commits = new();

    [Fact]
    public void The_slowest_of_a_hundred_is_told_not_the_one_in_a_thousand()
    {
        for (var i = 1; i <= 198; i++) Commit(At(i * 0.1), 0.002);
        Commit(At(20), 0.5);
        Commit(At(21), 0.9);

        Assert.Equal(0.002, _commits.SlowestSeconds(At(22)), 6);
        Commit(At(23), 0.7);
        Assert.Equal(0.5, _commits.SlowestSeconds(At(24)), 6);
    }

    [Fact]
    public void A_minute_later_nothing_is_said_of_it()
    {
        Commit(At(0), 3);
        Fail(At(1));
        Assert.Equal((3d, 1), (_commits.SlowestSeconds(At(10)), _commits.FailuresLately(At(10))));

        Assert.Equal((0d, 0), (_commits.SlowestSeconds(At(70)), _commits.FailuresLately(At(70))));
    }

    [Fact]
    public void A_disk_that_hangs_is_told_while_it_hangs()
    {
        Commit(At(0), 0.001);
        _commits.Begin(At(1));

        Assert.Equal(41, _commits.SlowestSeconds(At(42)), 6);
        _commits.End(At(43), 1, isDone: true);
        Assert.Equal(42, _commits.SlowestSeconds(At(44)), 6);
    }

    [Fact]
    public void Failures_are_counted_and_their_haste_is_no_speed()
    {
        Fail(At(0));
        Fail(At(1));

        Assert.Equal((2, 0d), (_commits.FailuresLately(At(2)), _commits.SlowestSeconds(At(2))));
    }

    [Fact]
    public void Each_batch_is_one_sample_of_the_histogram()
    {
        var heard = new List<(string Name, double Value)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, all) => { if (instrument.Meter == _commits.Meter) all.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => heard.Add((instrument.Name, Math.Round(value, 6))));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => heard.Add((instrument.Name, value)));
        listener.Start();

        Commit(At(0), 0.25, entries: 7);
        Fail(At(1));

        Assert.Equal([("anlan.log.commit.duration", 0.25), ("anlan.log.entries", 7), ("anlan.log.commit.duration", 0), ("anlan.log.commit.failures", 1)], heard);
    }

    public void Dispose() => _commits.Dispose();

    private static long At(double seconds) => (long)((1_000 + seconds) * Stopwatch.Frequency);

    private void Commit(long at, double seconds, int entries = 1)
    {
        _commits.Begin(at);
        _commits.End(at + (long)(seconds * Stopwatch.Frequency), entries, isDone: true);
    }

    private void Fail(long at)
    {
        _commits.Begin(at);
        _commits.End(at, 0, isDone: false);
    }
}
