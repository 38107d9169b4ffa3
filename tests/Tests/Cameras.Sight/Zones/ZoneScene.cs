using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>A camera of five pictures a second over a zone in the middle of its picture: 0.3 to 0.7 across, 0.3 to 0.8 down.</summary>
internal sealed class ZoneScene
{
    public const double Rate = 5;
    public static readonly Guid Camera = Guid.CreateVersion7();

    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly Zone Pool = Square(1, ZoneKind.Exclusion, 0.3, 0.3, 0.7, 0.8);

    private static readonly PersonBox[] NobodyLies = [];
    private readonly List<SightEvent> _events = [];

    public ZoneScene(params Zone[] zones) => Watch = new ZoneWatch(Camera, new ZoneSet(7, zones.Length == 0 ? [Pool] : zones), [], TimeZoneInfo.Utc);

    public ZoneWatch Watch { get; }

    public DateTimeOffset Now { get; private set; } = Begin;

    public IReadOnlyList<SightEvent> Events => _events;

    /// <summary>What happened, in order.</summary>
    public IEnumerable<SightEventKind> Kinds => _events.Select(happened => happened.Kind);

    public static Zone Square(int number, ZoneKind kind, double left, double top, double right, double bottom) =>
        new(number, "A zone", kind, [new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);

    /// <summary>Somebody whose feet are at a place.</summary>
    public static Followed At(int number, double x, double y, double height = 0.3, double width = 0.06, bool isConfirmed = true, double score = 0.8)
    {
        var bottom = y + (0.02 * height);
        return new(number, new PersonBox((float)(x - (width / 2)), (float)(bottom - height), (float)(x + (width / 2)), (float)bottom, (float)score), IsSeen: true, isConfirmed, (float)score);
    }

    /// <summary>The same, not seen in this picture.</summary>
    public static Followed Lost(int number, double x, double y) => At(number, x, y) with { IsSeen = false };

    /// <summary>Somebody who lies, as a rotated pass finds him.</summary>
    public static PersonBox Lying(double x, double y) => new((float)(x - 0.08), (float)(y - 0.04), (float)(x + 0.08), (float)(y + 0.04), 0.6f);

    /// <summary>One picture.</summary>
    public ZoneScene See(params Followed[] people) => See(NobodyLies, people);

    /// <summary>One picture with somebody who lies; null = nobody looked for such.</summary>
    public ZoneScene See(PersonBox[]? lying, params Followed[] people)
    {
        _events.AddRange(Watch.Look(new SightPicture(Now, people, lying)));
        Now += TimeSpan.FromSeconds(1 / Rate);
        return this;
    }

    /// <summary>So many pictures of the same.</summary>
    public ZoneScene See(int pictures, params Followed[] people)
    {
        for (var i = 0; i < pictures; i++) See(people);
        return this;
    }

    /// <summary>Time passes without a picture.</summary>
    public ZoneScene Pass(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Goes on with other zones.</summary>
    public ZoneScene Redraw(params Zone[] zones)
    {
        _events.AddRange(Watch.Change(new ZoneSet(Watch.ZoneVersion + 1, zones), [], Now));
        return this;
    }

    public SightEvent Only(SightEventKind kind) => Assert.Single(_events, happened => happened.Kind == kind);
}
