using Anlan.Cameras.Worker.Ingest;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>How long to wait before a camera is read anew.</summary>
public sealed class RestartPlanTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Waits_double_up_to_half_a_minute_each_jittered_by_a_quarter()
    {
        var plan = new RestartPlan(new ReaderOptions(), new Random(1), _clock);

        var waits = Enumerable.Range(0, 7).Select(_ => plan.Next(TimeSpan.Zero).TotalSeconds).ToList();

        int[] doubled = [1, 2, 4, 8, 16, 30, 30];
        Assert.All(waits.Zip(doubled), pair => Assert.InRange(pair.First, 0.75 * pair.Second, 1.25 * pair.Second));
    }

    [Fact]
    public void Whoever_gave_pictures_for_a_while_is_asked_again_soon()
    {
        var plan = new RestartPlan(new ReaderOptions(), new Random(1), _clock);
        for (var i = 0; i < 5; i++) plan.Next(TimeSpan.Zero);

        Assert.InRange(plan.Next(TimeSpan.FromMinutes(1)).TotalSeconds, 0.75, 1.25);
    }

    [Fact]
    public void Beyond_the_budget_of_an_hour_attempts_are_rare_until_the_hour_is_over()
    {
        var plan = new RestartPlan(new ReaderOptions { RestartsAnHour = 3 }, new Random(1), _clock);
        for (var i = 0; i < 3; i++) Assert.True(plan.Next(TimeSpan.FromMinutes(1)) < TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromMinutes(2), plan.Next(TimeSpan.FromMinutes(1)));
        Assert.Equal(4, plan.Count);
        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(0, plan.Count);
        Assert.True(plan.Next(TimeSpan.FromMinutes(1)) < TimeSpan.FromSeconds(2));
    }
}
