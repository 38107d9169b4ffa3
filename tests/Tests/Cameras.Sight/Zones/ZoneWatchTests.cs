using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using static Anlan.Tests.Cameras.Sight.Zones.ZoneScene;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>Who enters a zone and who leaves it.</summary>
public sealed class ZoneWatchTests
{
    private const double InsideX = 0.5, InsideY = 0.6, BesideX = 0.1;

    [Fact]
    public void Whoever_stands_in_a_zone_for_its_inertia_has_entered_once()
    {
        var scene = new ZoneScene().See(2, At(4, InsideX, InsideY));
        Assert.Empty(scene.Events);

        scene.See(50, At(4, InsideX, InsideY));

        var entered = scene.Only(SightEventKind.Entered);
        Assert.Equal((Camera, 7, 1, 4, 1), (entered.Camera, entered.ZoneVersion, entered.Zone, entered.Track, entered.Persons));
        Assert.Equal(Begin.AddSeconds(0.4), entered.At);
        Assert.Equal(entered.Id, entered.Entry);
        Assert.Equal(7, entered.Id.Version);
        Assert.Equal(0.8, entered.Score!.Value, 3);
        var person = Assert.Single(entered.People);
        Assert.Equal((4, 1), (person.Track, person.Zone));
        Assert.True(scene.Watch.IsOccupied);
        Assert.Single(scene.Events);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(25, 25)]
    public void Inertia_is_as_many_pictures_as_the_zone_says(int inertia, int pictures)
    {
        var scene = new ZoneScene(Pool with { Inertia = inertia }).See(pictures - 1, At(1, InsideX, InsideY));
        Assert.Empty(scene.Events);

        Assert.Equal([SightEventKind.Entered], scene.See(At(1, InsideX, InsideY)).Kinds);
    }

    [Theory]
    [InlineData(0.29, 0.6)]
    [InlineData(0.71, 0.6)]
    [InlineData(0.5, 0.81)]
    public void Whose_feet_are_beside_the_zone_is_not_in_it_wherever_the_head_is(double x, double y) =>
        Assert.Empty(new ZoneScene().See(20, At(1, x, y, width: 0.3)).Events);

    [Fact]
    public void Feet_count_and_not_the_head() => Assert.Equal([SightEventKind.Entered], new ZoneScene().See(5, At(1, 0.5, 0.35, height: 0.34)).Kinds);

    [Fact]
    public void Flicker_is_nobody() => Assert.Empty(new ZoneScene().See(20, At(1, InsideX, InsideY, isConfirmed: false)).Events);

    [Fact]
    public void Whoever_steps_in_and_out_again_at_once_has_not_entered()
    {
        var scene = new ZoneScene();

        for (var i = 0; i < 10; i++) scene.See(2, At(1, InsideX, InsideY)).See(At(1, 0.28, InsideY));

        Assert.Empty(scene.Events);
    }

    [Fact]
    public void One_picture_in_which_the_model_misses_somebody_does_not_begin_the_count_anew() =>
        Assert.Equal([SightEventKind.Entered], new ZoneScene().See(2, At(1, InsideX, InsideY)).See(Lost(1, InsideX, InsideY)).See(At(1, InsideX, InsideY)).Kinds);

    [Fact]
    public void Whoever_is_smaller_than_the_zone_wants_is_not_looked_at()
    {
        var zone = Pool with { LeastHeight = 0.25 };

        Assert.Empty(new ZoneScene(zone).See(20, At(1, InsideX, InsideY, height: 0.2)).Events);
        Assert.Equal([SightEventKind.Entered], new ZoneScene(zone).See(20, At(1, InsideX, InsideY, height: 0.26)).Kinds);
    }

    [Fact]
    public void Whoever_is_inside_already_may_crouch()
    {
        var scene = new ZoneScene(Pool with { LeastHeight = 0.25 }).See(5, At(1, InsideX, InsideY)).See(50, At(1, InsideX, InsideY, height: 0.15));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Fact]
    public void What_stands_in_a_mask_is_nobody_and_in_no_list()
    {
        var scene = new ZoneScene(Pool, Square(2, ZoneKind.Mask, 0.45, 0.55, 0.55, 0.65)).See(20, At(1, InsideX, InsideY));
        Assert.Empty(scene.Events);

        scene.See(5, At(1, InsideX, InsideY), At(2, 0.35, 0.5));

        Assert.Equal(2, Assert.Single(scene.Only(SightEventKind.Entered).People).Track);
    }

    [Theory]
    [InlineData(ZoneKind.Exclusion, true)]
    [InlineData(ZoneKind.PermitEntry, true)]
    [InlineData(ZoneKind.AttendantPost, false)]
    [InlineData(ZoneKind.Mask, false)]
    public void Only_zones_that_one_may_not_be_in_are_entered(ZoneKind kind, bool isEntered) =>
        Assert.Equal(isEntered, new ZoneScene(Pool with { Kind = kind }).See(20, At(1, InsideX, InsideY)).Events.Count > 0);

    [Fact]
    public void Each_person_is_an_entry_of_his_own_and_an_event_names_everybody()
    {
        var scene = new ZoneScene().See(5, At(1, 0.4, 0.5)).See(5, At(1, 0.4, 0.5), At(2, 0.6, 0.7), At(3, BesideX, 0.7));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Entered], scene.Kinds);
        Assert.Equal([1, 2], scene.Events.Select(happened => happened.Persons));
        Assert.NotEqual(scene.Events[0].Entry, scene.Events[1].Entry);
        Assert.Equal([(1, 1), (2, 1), (3, null)], scene.Events[1].People.Select(person => (person.Track, person.Zone)));
    }

    [Fact]
    public void Of_two_zones_an_event_names_the_one_that_was_entered()
    {
        var scene = new ZoneScene(Square(1, ZoneKind.Exclusion, 0, 0, 0.4, 1), Square(2, ZoneKind.PermitEntry, 0.6, 0, 1, 1)).See(5, At(1, 0.8, 0.6));

        Assert.Equal(2, scene.Only(SightEventKind.Entered).Zone);
    }

    [Fact]
    public void Whoever_is_seen_beside_the_zone_for_its_inertia_has_left_with_the_same_entry()
    {
        var scene = new ZoneScene().See(5, At(1, InsideX, InsideY)).See(2, At(1, 0.25, InsideY));
        Assert.Single(scene.Events);

        scene.See(At(1, 0.2, InsideY)).See(20, At(1, BesideX, InsideY));

        var left = scene.Only(SightEventKind.Left);
        Assert.Equal((scene.Only(SightEventKind.Entered).Id, 0, 1), (left.Entry!.Value, left.Persons, left.Track));
        Assert.NotEqual(left.Id, left.Entry);
        Assert.Equal(1, left.Seconds!.Value, 3);
        Assert.False(scene.Watch.IsOccupied);
    }

    [Fact]
    public void Whoever_comes_back_enters_anew()
    {
        var scene = new ZoneScene().See(5, At(1, InsideX, InsideY)).See(5, At(1, BesideX, InsideY)).See(5, At(1, InsideX, InsideY));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Left, SightEventKind.Entered], scene.Kinds);
        Assert.Equal(2, scene.Events.Select(happened => happened.Entry).Distinct().Count());
    }

    [Fact]
    public void Whoever_was_seen_last_beside_the_zone_has_left()
    {
        var scene = new ZoneScene().See(5, At(1, InsideX, InsideY)).See(At(1, 0.29, InsideY)).See(20);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Left], scene.Kinds);
    }

    [Theory]
    [InlineData(0.6, SightEventKind.Vanished)]
    [InlineData(0.995, SightEventKind.Left)]
    public void Whoever_goes_out_of_the_picture_beside_the_zone_has_left(double right, SightEventKind then)
    {
        // The zone ends a little before the picture does: the feet are still inside when the body is cut.
        var zone = Square(1, ZoneKind.Exclusion, 0.3, 0.3, 0.98, 0.9);

        var scene = new ZoneScene(zone).See(5, At(1, 0.5, 0.6)).See(2, At(1, right - 0.05, 0.6, width: 0.1)).See(20);

        Assert.Equal([SightEventKind.Entered, then], scene.Kinds);
    }

    [Fact]
    public void Where_the_zone_reaches_to_the_edge_nobody_is_seen_to_leave()
    {
        var zone = Square(1, ZoneKind.Exclusion, 0.3, 0.3, 1, 0.9);

        var scene = new ZoneScene(zone).See(5, At(1, 0.5, 0.6)).See(2, At(1, 0.945, 0.6, width: 0.1)).See(20);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
    }

    [Fact]
    public void A_picture_in_which_nobody_looked_says_nothing()
    {
        var scene = new ZoneScene().See(5, At(1, InsideX, InsideY));

        for (var i = 0; i < 100; i++) Assert.Empty(scene.Watch.Look(SightPicture.Unseen(Begin.AddSeconds(1 + i))));

        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void Somebody_who_does_not_count_yet_is_looked_at()
    {
        var scene = new ZoneScene();
        Assert.False(scene.Watch.IsEntering);

        Assert.True(scene.See(At(1, InsideX, InsideY)).Watch.IsEntering);
        Assert.False(scene.See(At(1, BesideX, InsideY)).Watch.IsEntering);
        Assert.Null(scene.Watch.LyingArea);
    }

    [Fact]
    public void People_who_lie_are_looked_for_around_whoever_is_inside()
    {
        var area = new ZoneScene().See(5, At(1, 0.4, 0.5), At(2, 0.6, 0.6)).Watch.LyingArea!.Value;

        Assert.InRange(area.Left, 0.1f, 0.2f);
        Assert.InRange(area.Right, 0.8f, 0.9f);
        Assert.InRange(area.Top, 0, 0.1f);
        Assert.Equal(1, area.Bottom);
    }
}
