using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>Who was in a picture, as it was recorded.</summary>
/// <param name="At">When the picture was taken.</param>
/// <param name="People">Who was in it.</param>
public sealed record RecordedPicture(DateTimeOffset At, IReadOnlyList<SeenPerson> People);

/// <summary>What zones that are only being drawn would have told of what was recorded.</summary>
public static class ZoneReplay
{
    /// <summary>The entries that there would have been.</summary>
    /// <param name="pictures">What was recorded, in order of time; pictures without anybody may be left out.</param>
    /// <param name="zones">The zones.</param>
    /// <param name="hours">When the camera is watched; empty = always.</param>
    /// <param name="city">The city's time zone.</param>
    /// <param name="settings">How strictly; null = as usual.</param>
    public static IReadOnlyList<SightEvent> Entries(IEnumerable<RecordedPicture> pictures, ZoneSet zones, IReadOnlyList<WatchHours> hours, TimeZoneInfo city, ZoneWatchSettings? settings = null)
    {
        var watch = new ZoneWatch(Guid.Empty, zones, hours, city, settings);
        return [.. pictures.SelectMany(picture => watch.Look(new SightPicture(picture.At, [.. picture.People.Select(Followed)], []))).Where(happened => happened.Kind == SightEventKind.Entered)];
    }

    // Only people are recorded, no flicker.
    private static Followed Followed(SeenPerson person) => new(
        person.Track, new PersonBox((float)person.Left, (float)person.Top, (float)person.Right, (float)person.Bottom, (float)person.Score), IsSeen: true, IsConfirmed: true, (float)person.Score);
}
