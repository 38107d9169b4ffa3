using Anlan.Cameras.Worker.Pipeline;

namespace Anlan.Tests.Cameras.Worker.Pipeline;

/// <summary>How many pictures are looked at, of how many that come.</summary>
public sealed class RateMeterTests
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rates_are_of_the_last_ten_seconds()
    {
        var meter = new RateMeter();
        for (var i = 0; i < 150; i++)
        {
            meter.Come(Begin.AddSeconds(i / 5.0));
            if (i is >= 100 and < 130) meter.Drop(Begin.AddSeconds(i / 5.0));
        }

        var (rate, wanted) = meter.Read(Begin.AddSeconds(30));
        var (later, none) = meter.Read(Begin.AddSeconds(60));

        Assert.Equal((2, 5, 30), (rate, wanted, meter.Drops));
        Assert.Equal((0, 0), (later, none));
    }

    [Fact]
    public void Before_the_first_picture_nothing_is_wanted()
    {
        Assert.Equal((0, 0), new RateMeter().Read(Begin));
    }
}
