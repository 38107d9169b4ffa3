namespace Anlan.Cameras.Sight.Zones;

/// <summary>Hours of some days of the week, in the city's time. Hours that end before they begin last into the next day.</summary>
/// <param name="Days">On which days they begin.</param>
/// <param name="From">From this time on.</param>
/// <param name="To">Until before this time; the same as <paramref name="From"/> = a whole day.</param>
public sealed record WatchHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    /// <summary>True when a time of the city lies in them.</summary>
    public bool Contain(DateTime local)
    {
        var (day, time) = (local.DayOfWeek, TimeOnly.FromDateTime(local));
        var before = (DayOfWeek)(((int)day + 6) % 7);
        if (From < To) return Days.Contains(day) && time >= From && time < To;
        return (Days.Contains(day) && time >= From) || (Days.Contains(before) && time < To);
    }

    /// <summary>True when one of them holds now; without any, always.</summary>
    /// <param name="hours">Hours.</param>
    /// <param name="now">Now.</param>
    /// <param name="city">The city's time zone.</param>
    public static bool Hold(IReadOnlyList<WatchHours> hours, DateTimeOffset now, TimeZoneInfo city)
    {
        if (hours.Count == 0) return true;
        var local = TimeZoneInfo.ConvertTime(now, city).DateTime;
        return hours.Any(span => span.Contain(local));
    }
}
