using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Pipeline;
using Anlan.Cameras.Worker.Seeing;
using Anlan.Tests.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Pipeline;

/// <summary>Which pictures a model has to look at.</summary>
public sealed class MotionGateTests
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly ZoneSet Corner = new(1, [new Zone(1, "pit", ZoneKind.Exclusion, [new(0, 0.5), new(0.4, 0.5), new(0.4, 1), new(0, 1)])]);
    private readonly MotionGate _gate = new(new GateSettings());
    private readonly Grid _grid = new();
    private readonly Random _dice = new(1);
    private double _now;

    [Fact]
    public void An_empty_scene_with_noise_is_looked_at_every_two_seconds()
    {
        _gate.Redraw(Corner);

        var wanted = Show(Scene, 30);

        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28], wanted);
    }

    [Fact]
    public void Whoever_comes_near_the_zone_is_looked_at_in_every_picture_until_a_moment_after()
    {
        _gate.Redraw(Corner);
        Show(Scene, 20);

        var wanted = Show(i => Walker(100 + (i * 10), 400), 4);
        var after = Show(Scene, 10);

        Assert.Equal(20, wanted.Count);
        Assert.InRange(after.Count, 8, 30);
        Assert.Equal(2, after[^1] - after[^2], 3);
    }

    [Fact]
    public void Motion_far_from_every_zone_is_nothing()
    {
        _gate.Redraw(Corner);
        Show(Scene, 20);

        var wanted = Show(i => Walker(700 + (i * 10), 50), 4);

        Assert.Equal(2, wanted.Count);
    }

    [Fact]
    public void Without_zones_the_whole_picture_counts()
    {
        _gate.Redraw(ZoneSet.None);
        Show(Scene, 20);

        Assert.Equal(20, Show(i => Walker(700 + (i * 10), 50), 4).Count);
    }

    [Fact]
    public void While_somebody_is_inside_every_picture_is_looked_at()
    {
        _gate.Redraw(Corner);

        Assert.Equal(25, Show(Scene, 5, always: true).Count);
    }

    [Fact]
    public void What_always_moves_is_got_used_to()
    {
        _gate.Redraw(Corner);
        Show(i => Flicker(i), 60);

        var wanted = Show(i => Flicker(i), 20);

        Assert.Equal(10, wanted.Count);
    }

    private Picture Scene(int i) => Pictures.Of((x, y) => 60 + (x / 64) + _dice.Next(6) + (i & 1));

    private Picture Walker(int left, int top) => Pictures.Of((x, y) => (x >= left && x < left + 40 && y >= top && y < top + 120 ? 160 : 60 + (x / 64)) + _dice.Next(6));

    // A bush in the wind, inside the zone.
    private Picture Flicker(int i) => Pictures.Of((x, y) => (x is > 100 and < 200 && y is > 400 and < 480 ? 90 + (i % 4 * 10) : 60) + _dice.Next(6));

    private List<double> Show(Func<int, Picture> picture, double seconds, bool always = false)
    {
        var (wanted, begin) = (new List<double>(), _now);
        for (var i = 0; i < Math.Round(seconds * 5); i++)
        {
            _grid.Fill(picture(i));
            if (_gate.Wants(_grid, Begin.AddSeconds(_now), always)) wanted.Add(Math.Round(_now - begin, 1));
            _now = Math.Round(_now + 0.2, 1);
        }

        return wanted;
    }
}
