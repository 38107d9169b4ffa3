namespace Anlan.Cameras.Sight.Zones;

/// <summary>What a part of the picture is for.</summary>
public enum ZoneKind
{
    /// <summary>Nobody may be there, permit or not.</summary>
    Exclusion,

    /// <summary>Only whoever an active entry permit names.</summary>
    PermitEntry,

    /// <summary>Where the attendant stands while somebody is inside.</summary>
    AttendantPost,

    /// <summary>What is there is no person, whatever the model says.</summary>
    Mask,
}

/// <summary>A corner, in parts of the picture's width and height from its upper left corner.</summary>
/// <param name="X">0 to 1.</param>
/// <param name="Y">0 to 1.</param>
public readonly record struct ZonePoint(double X, double Y);

/// <summary>A part of a camera's picture and what holds there.</summary>
/// <param name="Number">Unique within the camera, never used again.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Corners">At least three, in order; the last is joined with the first.</param>
public sealed record Zone(int Number, string Name, ZoneKind Kind, IReadOnlyList<ZonePoint> Corners)
{
    /// <summary>Most corners of a zone.</summary>
    public const int MostCorners = 32;

    /// <summary>When it holds, in the city's time; empty = always.</summary>
    public IReadOnlyList<WatchHours> Hours { get; init; } = [];

    /// <summary>In how many pictures one after the other somebody has to stand in it, or beside it, before it counts: 1 to 25.</summary>
    public int Inertia { get; init; } = 3;

    /// <summary>People who are smaller than this part of the picture's height are not looked at, 0 to 1.</summary>
    public double LeastHeight { get; init; }

    /// <summary>Seconds after which somebody who stays is reported; null = never.</summary>
    public int? LoiteringSeconds { get; init; }

    /// <summary>More people than this at once are reported; null = only what a permit says.</summary>
    public int? MostPersons { get; init; }

    /// <summary>Of a post: seconds without an attendant before it is reported.</summary>
    public int PostGraceSeconds { get; init; } = 15;

    /// <summary>True when a point lies in it.</summary>
    public bool Contains(double x, double y)
    {
        var inside = false;
        for (var (i, last) = (0, Corners.Count - 1); i < Corners.Count; last = i++)
        {
            var (one, other) = (Corners[i], Corners[last]);
            if (one.Y > y != other.Y > y && x < ((other.X - one.X) * (y - one.Y) / (other.Y - one.Y)) + one.X) inside = !inside;
        }

        return inside;
    }
}

/// <summary>All zones of a camera as they were drawn at one time.</summary>
/// <param name="Version">Counted from 1; 0 = nothing was drawn yet.</param>
/// <param name="Zones">In the order of their numbers.</param>
public sealed record ZoneSet(int Version, IReadOnlyList<Zone> Zones)
{
    /// <summary>Most zones of a camera.</summary>
    public const int MostZones = 16;

    /// <summary>Before anything was drawn.</summary>
    public static ZoneSet None { get; } = new(0, []);

    /// <summary>The zone of a number, or null.</summary>
    public Zone? Find(int number) => Zones.FirstOrDefault(zone => zone.Number == number);
}
