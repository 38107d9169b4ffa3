namespace Anlan.Cameras.Sight.Zones;

/// <summary>Something about drawn zones that cannot be.</summary>
/// <param name="Zone">Number of the zone; null = all of them together.</param>
/// <param name="Field">Which of its fields, in camel case.</param>
/// <param name="Problem">What about it: a key of <see cref="ZoneCheck"/>.</param>
public sealed record ZoneProblem(int? Zone, string Field, string Problem);

/// <summary>Whether zones can be as they were drawn.</summary>
public static class ZoneCheck
{
    public const string TooMany = "too-many";
    public const string NotUnique = "not-unique";
    public const string OutOfRange = "out-of-range";
    public const string TooFewCorners = "too-few-corners";
    public const string TooManyCorners = "too-many-corners";
    public const string OutsideOfPicture = "outside-of-picture";
    public const string CrossesItself = "crosses-itself";
    public const string TooSmall = "too-small";
    public const string Missing = "missing";
    public const string TooLong = "too-long";
    public const string Unknown = "unknown";
    public const string NoDays = "no-days";
    public const string HasControlCharacters = "control-characters";

    /// <summary>Longest name of a zone.</summary>
    public const int LongestName = 40;

    /// <summary>Most spans of hours of a zone.</summary>
    public const int MostHours = 14;

    /// <summary>Least part of the picture that a zone covers.</summary>
    public const double LeastArea = 0.0005;

    private const int LongestWait = 24 * 60 * 60;
    private const int MostPeople = 100;

    /// <summary>All that cannot be; empty = the zones are in order.</summary>
    public static IReadOnlyList<ZoneProblem> Problems(ZoneSet set)
    {
        var found = new List<ZoneProblem>();
        if (set.Zones.Count > ZoneSet.MostZones) found.Add(new ZoneProblem(null, "zones", TooMany));
        found.AddRange(set.Zones.GroupBy(zone => zone.Number).Where(same => same.Count() > 1).Select(same => new ZoneProblem(same.Key, "number", NotUnique)));
        foreach (var zone in set.Zones) found.AddRange(Fields(zone).Where(field => field.Problem is not null).Select(field => new ZoneProblem(zone.Number, field.Name, field.Problem!)));
        return found;
    }

    private static IEnumerable<(string Name, string? Problem)> Fields(Zone zone) =>
    [
        ("number", Range(zone.Number, 1, int.MaxValue)),
        ("name", Name(zone.Name)),
        ("kind", Enum.IsDefined(zone.Kind) ? null : Unknown),
        ("corners", Corners(zone.Corners)),
        ("hours", Hours(zone.Hours)),
        ("inertia", Range(zone.Inertia, 1, 25)),
        ("leastHeight", zone.LeastHeight is >= 0 and <= 1 ? null : OutOfRange),
        ("loiteringSeconds", zone.LoiteringSeconds is { } stay ? Range(stay, 1, LongestWait) : null),
        ("mostPersons", zone.MostPersons is { } people ? Range(people, 1, MostPeople) : null),
        ("postGraceSeconds", Range(zone.PostGraceSeconds, 0, LongestWait)),
    ];

    private static string? Range(int value, int least, int most) => value >= least && value <= most ? null : OutOfRange;

    private static string? Name(string? name) => string.IsNullOrWhiteSpace(name) ? Missing : name.Length > LongestName ? TooLong : name.Any(char.IsControl) ? HasControlCharacters : null;

    private static string? Hours(IReadOnlyList<WatchHours> hours) =>
        hours.Count > MostHours ? TooMany : hours.Any(span => span.Days.Count == 0) ? NoDays : hours.Any(span => span.Days.Any(day => !Enum.IsDefined(day))) ? Unknown : null;

    private static string? Corners(IReadOnlyList<ZonePoint> corners)
    {
        if (corners.Count < 3) return TooFewCorners;
        if (corners.Count > Zone.MostCorners) return TooManyCorners;
        // What is no number is in no range either.
        if (!corners.All(corner => corner is { X: >= 0 and <= 1, Y: >= 0 and <= 1 })) return OutsideOfPicture;
        if (CrossItself(corners)) return CrossesItself;
        return Area(corners) > LeastArea ? null : TooSmall;
    }

    private static double Area(IReadOnlyList<ZonePoint> corners) => Math.Abs(corners.Select((corner, i) => Turn(default, corner, corners[(i + 1) % corners.Count])).Sum()) / 2;

    private static bool CrossItself(IReadOnlyList<ZonePoint> corners)
    {
        var count = corners.Count;
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var (a, b, c, d) = (corners[i], corners[(i + 1) % count], corners[j], corners[(j + 1) % count]);
                // Sides beside each other share a corner; they cross only when one runs back along the other.
                if (j == i + 1 ? RunsBack(a, b, d) : i == 0 && j == count - 1 ? RunsBack(c, d, b) : Cross(a, b, c, d)) return true;
            }
        }

        return false;
    }

    private static bool RunsBack(ZonePoint from, ZonePoint corner, ZonePoint to) =>
        Turn(from, corner, to) == 0 && ((corner.X - from.X) * (to.X - corner.X)) + ((corner.Y - from.Y) * (to.Y - corner.Y)) <= 0;

    private static bool Cross(ZonePoint a, ZonePoint b, ZonePoint c, ZonePoint d)
    {
        var (c1, d1, a1, b1) = (Math.Sign(Turn(a, b, c)), Math.Sign(Turn(a, b, d)), Math.Sign(Turn(c, d, a)), Math.Sign(Turn(c, d, b)));
        if (c1 != d1 && a1 != b1) return true;
        return (c1 == 0 && Between(a, b, c)) || (d1 == 0 && Between(a, b, d)) || (a1 == 0 && Between(c, d, a)) || (b1 == 0 && Between(c, d, b));
    }

    private static bool Between(ZonePoint one, ZonePoint other, ZonePoint point) =>
        point.X >= Math.Min(one.X, other.X) && point.X <= Math.Max(one.X, other.X) && point.Y >= Math.Min(one.Y, other.Y) && point.Y <= Math.Max(one.Y, other.Y);

    private static double Turn(ZonePoint a, ZonePoint b, ZonePoint c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
