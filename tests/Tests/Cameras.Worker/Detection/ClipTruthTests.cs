using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Detection;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>What was told is compared with what is known.</summary>
public sealed class ClipTruthTests
{
    private static readonly ClipTruth Truth = new(16f / 9, ZoneSet.None, [(10, 20), (30, 40)]);

    [Fact]
    public void Entries_are_found_missed_false_or_repeated()
    {
        var score = Truth.Score([Told(10.6), Told(15), Told(19, SightEventKind.Left), Told(25), Told(50)]);

        Assert.Equal((2, 0.5, 4, 2, 1), (score.Known, score.Recall, score.Told, score.False, score.Repeated));
        Assert.Equal(0.6, Assert.Single(score.Latencies), 6);
    }

    [Theory]
    [InlineData(SightEventKind.Vanished)]
    [InlineData(SightEventKind.Down)]
    [InlineData(SightEventKind.RushedIn)]
    public void Any_other_alarm_is_false(SightEventKind kind) => Assert.Equal(1, Truth.Score([Told(11), Told(31), Told(35, kind)]).False);

    [Fact]
    public void Where_nobody_enters_nothing_can_be_missed() => Assert.Equal(1, (Truth with { Inside = [] }).Score([]).Recall);

    private static (double Seconds, SightEvent Event) Told(double seconds, SightEventKind kind = SightEventKind.Entered) => (seconds, new SightEvent(Guid.CreateVersion7(), Guid.Empty, kind, default, 1));
}
