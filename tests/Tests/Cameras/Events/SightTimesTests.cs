using Anlan.Cameras.Events;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Tests.Cameras.Events;

public sealed class SightTimesTests
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_without_sight_is_counted_whatever_the_reason_and_changes_in_any_order()
    {
        var gaps = SightTimes.Gaps(SightState.Unwatched, [(At(50), SightState.Dark), (At(10), SightState.Seeing), (At(20), SightState.Offline), (At(25), SightState.Covered), (At(30), SightState.Seeing)], Begin, At(60));
        Assert.Equal([(At(0), At(10), SightState.Unwatched), (At(20), At(25), SightState.Offline), (At(25), At(30), SightState.Covered), (At(50), At(60), SightState.Dark)], gaps.Select(gap => (gap.From, gap.To, gap.State)));
        Assert.Equal((TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(30)), SightTimes.Count(gaps, Begin, At(60), _ => true));
    }

    [Fact]
    public void Only_what_was_due_counts()
    {
        var gaps = SightTimes.Gaps(SightState.Offline, [], Begin, At(60));
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15)), SightTimes.Count(gaps, Begin, At(60), at => at >= At(10) && at < At(25)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), SightTimes.Count(gaps, Begin, At(60), _ => false));
        Assert.Empty(SightTimes.Gaps(SightState.Seeing, [(At(5), SightState.Seeing)], Begin, At(60)));
    }

    private static DateTimeOffset At(int minute) => Begin.AddMinutes(minute);
}
