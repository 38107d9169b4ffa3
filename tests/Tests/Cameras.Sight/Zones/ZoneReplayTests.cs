using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using static Anlan.Tests.Cameras.Sight.Zones.ZoneScene;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>What would have alarmed in the last hour.</summary>
public sealed class ZoneReplayTests
{
    private static readonly List<RecordedPicture> Hour = [.. Walk(1, 0, 0.5), .. Walk(1, 600, 0.9), .. Walk(2, 1200, 0.5)];

    [Fact]
    public void Each_walk_through_the_zone_is_one_entry()
    {
        var entries = ZoneReplay.Entries(Hour, new ZoneSet(3, [Pool]), [], TimeZoneInfo.Utc);

        Assert.Equal([Begin.AddSeconds(2.4), Begin.AddSeconds(1202.4)], entries.Select(entry => entry.At));
        Assert.All(entries, entry => Assert.Equal((SightEventKind.Entered, 1, 3), (entry.Kind, entry.Zone, entry.ZoneVersion)));
        Assert.Equal([1, 2], entries.Select(entry => entry.Track));
    }

    [Fact]
    public void Another_zone_would_have_told_of_other_people() =>
        Assert.Equal([Begin.AddSeconds(602.4)], ZoneReplay.Entries(Hour, new ZoneSet(3, [Square(1, ZoneKind.Exclusion, 0.85, 0.3, 0.95, 0.8)]), [], TimeZoneInfo.Utc).Select(entry => entry.At));

    [Fact]
    public void A_mask_or_hours_would_have_kept_it_silent()
    {
        Assert.Empty(ZoneReplay.Entries(Hour, new ZoneSet(3, [Pool, Square(2, ZoneKind.Mask, 0, 0, 1, 1)]), [], TimeZoneInfo.Utc));
        Assert.Empty(ZoneReplay.Entries(Hour, new ZoneSet(3, [Pool]), [new WatchHours([DayOfWeek.Tuesday], default, default)], TimeZoneInfo.Utc));
        Assert.Empty(ZoneReplay.Entries([], new ZoneSet(3, [Pool]), [], TimeZoneInfo.Utc));
    }

    // In from the left, two seconds at a place, out again.
    private static IEnumerable<RecordedPicture> Walk(int number, double from, double x) =>
        Enumerable.Range(0, 30).Select(i => new RecordedPicture(Begin.AddSeconds(from + (i / Rate)), [Seen(number, i is < 10 or >= 20 ? 0.1 : x)]));

    private static SeenPerson Seen(int number, double x)
    {
        var box = At(number, x, 0.6).Box;
        return new SeenPerson(number, box.Left, box.Top, box.Right, box.Bottom, box.Score, null);
    }
}
