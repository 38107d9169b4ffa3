using Anlan.Cameras.Sight.Zones;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>Zones that cannot be are refused, field by field.</summary>
public sealed class ZoneCheckTests
{
    private static readonly Zone Fine = ZoneScene.Square(1, ZoneKind.Exclusion, 0.1, 0.1, 0.9, 0.9);

    [Fact]
    public void Zones_as_they_should_be_have_no_problem()
    {
        Assert.Empty(ZoneCheck.Problems(ZoneSet.None));
        Assert.Empty(ZoneCheck.Problems(new ZoneSet(1, [Fine, Fine with { Number = 2, LoiteringSeconds = 60, MostPersons = 2, LeastHeight = 0.1, Hours = [new WatchHours([DayOfWeek.Friday], new TimeOnly(22, 0), new TimeOnly(6, 0))] }])));
    }

    [Theory]
    [InlineData("0,0 1,0 1,1 0,1", null)]
    [InlineData("0,0 0.5,0 1,0 1,1 0,1", null)]
    [InlineData("0.1,0.1 0.9,0.1 0.9,0.9 0.5,0.5 0.1,0.9", null)]
    [InlineData("0.1,0.1 0.9,0.1", ZoneCheck.TooFewCorners)]
    [InlineData("0.1,0.1 0.9,0.1 1.01,0.9", ZoneCheck.OutsideOfPicture)]
    [InlineData("0.1,-0.01 0.9,0.1 0.9,0.9", ZoneCheck.OutsideOfPicture)]
    [InlineData("NaN,0.1 0.9,0.1 0.9,0.9", ZoneCheck.OutsideOfPicture)]
    [InlineData("0.1,0.1 0.9,0.9 0.9,0.1 0.1,0.9", ZoneCheck.CrossesItself)]
    [InlineData("0.1,0.1 0.9,0.1 0.1,0.1 0.5,0.9", ZoneCheck.CrossesItself)]
    [InlineData("0.1,0.1 0.9,0.1 0.9,0.9 0.5,0.1 0.1,0.9", ZoneCheck.CrossesItself)]
    [InlineData("0.1,0.1 0.1,0.1 0.9,0.9", ZoneCheck.CrossesItself)]
    [InlineData("0.1,0.1 0.12,0.1 0.12,0.12", ZoneCheck.TooSmall)]
    public void Corners_make_an_area_without_crossing(string corners, string? problem)
    {
        var drawn = corners.Split(' ').Select(corner => corner.Split(',')).Select(xy => new ZonePoint(Number(xy[0]), Number(xy[1]))).ToList();

        var found = ZoneCheck.Problems(new ZoneSet(1, [Fine with { Corners = drawn }]));

        Assert.Equal(problem is null ? [] : [new ZoneProblem(1, "corners", problem)], found);
    }

    [Fact]
    public void A_zone_has_no_more_corners_than_may_be()
    {
        static Zone Round(int corners) => Fine with { Corners = [.. Enumerable.Range(0, corners).Select(i => new ZonePoint(0.5 + (0.4 * Math.Cos(i * Math.Tau / corners)), 0.5 + (0.4 * Math.Sin(i * Math.Tau / corners))))] };

        Assert.Empty(ZoneCheck.Problems(new ZoneSet(1, [Round(Zone.MostCorners)])));
        Assert.Equal([new ZoneProblem(1, "corners", ZoneCheck.TooManyCorners)], ZoneCheck.Problems(new ZoneSet(1, [Round(Zone.MostCorners + 1)])));
    }

    public static TheoryData<Zone, string, string> Wrong => new()
    {
        { Fine with { Number = 0 }, "number", ZoneCheck.OutOfRange },
        { Fine with { Name = " " }, "name", ZoneCheck.Missing },
        { Fine with { Name = new string('x', 41) }, "name", ZoneCheck.TooLong },
        { Fine with { Name = "a\nb" }, "name", ZoneCheck.HasControlCharacters },
        { Fine with { Kind = (ZoneKind)9 }, "kind", ZoneCheck.Unknown },
        { Fine with { Inertia = 0 }, "inertia", ZoneCheck.OutOfRange },
        { Fine with { Inertia = 26 }, "inertia", ZoneCheck.OutOfRange },
        { Fine with { LeastHeight = 1.1 }, "leastHeight", ZoneCheck.OutOfRange },
        { Fine with { LeastHeight = double.NaN }, "leastHeight", ZoneCheck.OutOfRange },
        { Fine with { LoiteringSeconds = 0 }, "loiteringSeconds", ZoneCheck.OutOfRange },
        { Fine with { MostPersons = 0 }, "mostPersons", ZoneCheck.OutOfRange },
        { Fine with { PostGraceSeconds = -1 }, "postGraceSeconds", ZoneCheck.OutOfRange },
        { Fine with { Hours = [new WatchHours([], default, default)] }, "hours", ZoneCheck.NoDays },
        { Fine with { Hours = [new WatchHours([(DayOfWeek)7], default, default)] }, "hours", ZoneCheck.Unknown },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_field_has_its_range(Zone zone, string field, string problem) =>
        Assert.Equal([new ZoneProblem(zone.Number, field, problem)], ZoneCheck.Problems(new ZoneSet(1, [zone])));

    [Fact]
    public void Numbers_are_unique_and_zones_not_too_many()
    {
        Assert.Equal([new ZoneProblem(1, "number", ZoneCheck.NotUnique)], ZoneCheck.Problems(new ZoneSet(1, [Fine, Fine])));
        Assert.Equal([new ZoneProblem(null, "zones", ZoneCheck.TooMany)], ZoneCheck.Problems(new ZoneSet(1, [.. Enumerable.Range(1, ZoneSet.MostZones + 1).Select(number => Fine with { Number = number })])));
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
