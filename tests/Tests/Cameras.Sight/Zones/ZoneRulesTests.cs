using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using static Anlan.Tests.Cameras.Sight.Zones.ZoneScene;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>Hours, staying, crowds, posts and zones that are drawn anew.</summary>
public sealed class ZoneRulesTests
{
    private const double X = 0.5, Y = 0.6;
    private static readonly Zone Post = Square(5, ZoneKind.AttendantPost, 0, 0.3, 0.2, 0.8) with { PostGraceSeconds = 3 };

    [Fact]
    public void Outside_of_its_hours_a_zone_is_not_entered_and_whoever_stands_in_it_then_enters_when_they_begin()
    {
        var scene = new ZoneScene(Pool with { Hours = [new WatchHours([DayOfWeek.Monday], new TimeOnly(8, 0, 10), new TimeOnly(9, 0))] }).See(50, At(1, X, Y));
        Assert.Empty(scene.Events);

        scene.See(5, At(1, X, Y));

        Assert.Equal(Begin.AddSeconds(10.4), scene.Only(SightEventKind.Entered).At);
    }

    [Fact]
    public void Hours_are_those_of_the_city()
    {
        var (night, city) = (new WatchHours([DayOfWeek.Monday], new TimeOnly(16, 0), new TimeOnly(17, 0)), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var watch = new ZoneWatch(Camera, new ZoneSet(1, [Pool with { Inertia = 1, Hours = [night] }]), [], city);
        var cameras = new ZoneWatch(Camera, new ZoneSet(1, [Pool with { Inertia = 1 }]), [night], city);

        // 08:00 UTC is 16:00 there.
        Assert.Empty(watch.Look(new SightPicture(Begin.AddSeconds(-1), [At(1, X, Y)], [])));
        Assert.Single(watch.Look(new SightPicture(Begin, [At(1, X, Y)], [])));
        Assert.Empty(cameras.Look(new SightPicture(Begin.AddSeconds(-1), [At(1, X, Y)], [])));
        Assert.Single(cameras.Look(new SightPicture(Begin, [At(1, X, Y)], [])));
    }

    [Fact]
    public void Whoever_is_inside_when_the_hours_end_still_is_until_he_leaves()
    {
        var zone = Pool with { Hours = [new WatchHours([DayOfWeek.Monday], new TimeOnly(7, 0), new TimeOnly(8, 0, 2))] };

        var scene = new ZoneScene(zone).See(100, At(1, X, Y)).See(5, At(1, 0.1, Y)).See(20, At(1, X, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Left], scene.Kinds);
    }

    [Fact]
    public void Whoever_stays_for_too_long_is_told_of_once_for_each_entry()
    {
        var scene = new ZoneScene(Pool with { LoiteringSeconds = 10 }).See(52, At(1, X, Y));
        Assert.Equal([SightEventKind.Entered], scene.Kinds);

        scene.See(100, At(1, X, Y)).See(5, At(1, 0.1, Y)).See(60, At(1, X, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Loitering, SightEventKind.Left, SightEventKind.Entered, SightEventKind.Loitering], scene.Kinds);
        Assert.Equal(10, scene.Events[1].Seconds!.Value, 3);
        Assert.Equal(scene.Events[0].Id, scene.Events[1].Entry);
    }

    [Fact]
    public void More_people_than_may_be_are_a_crowd_until_they_are_as_many_again()
    {
        var scene = new ZoneScene(Pool with { MostPersons = 1 }).See(5, At(1, 0.4, Y)).See(20, At(1, 0.4, Y), At(2, 0.6, Y)).See(20, At(1, 0.4, Y), At(2, 0.9, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Entered, SightEventKind.Crowd, SightEventKind.Left, SightEventKind.CrowdOver], scene.Kinds);
        var crowd = scene.Only(SightEventKind.Crowd);
        Assert.Equal((1, 2, null, null), (crowd.Zone, crowd.Persons, crowd.Entry, crowd.Track));
        Assert.Equal(1, scene.Only(SightEventKind.CrowdOver).Persons);
    }

    [Fact]
    public void Whoever_vanished_is_still_one_of_the_crowd()
    {
        var scene = new ZoneScene(Pool with { MostPersons = 1 }).See(5, At(1, 0.4, Y), At(2, 0.6, Y)).See(30, At(1, 0.4, Y));

        Assert.DoesNotContain(SightEventKind.CrowdOver, scene.Kinds);
        scene.Watch.Confirm(scene.Only(SightEventKind.Vanished).Entry!.Value);
        Assert.Contains(SightEventKind.CrowdOver, scene.See(At(1, 0.4, Y)).Kinds);
    }

    [Fact]
    public void An_empty_post_is_told_of_after_its_grace_and_again_when_somebody_stands_there()
    {
        var scene = new ZoneScene(Pool, Post).See(17, At(1, X, Y));
        Assert.Equal([SightEventKind.Entered], scene.Kinds);

        scene.See(20, At(1, X, Y));
        var empty = scene.Only(SightEventKind.PostEmpty);
        Assert.Equal((5, null, 3.0), (empty.Zone, empty.Entry, Math.Round(empty.Seconds!.Value, 3)));

        scene.See(10, At(1, X, Y), At(2, 0.1, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.PostEmpty, SightEventKind.PostManned], scene.Kinds);
    }

    [Fact]
    public void An_attendant_who_goes_for_less_than_the_grace_is_there()
    {
        var scene = new ZoneScene(Pool, Post);

        for (var i = 0; i < 5; i++) scene.See(5, At(1, X, Y), At(2, 0.1, Y)).See(14, At(1, X, Y), At(2, 0.25, Y));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_post_of_an_empty_zone_may_be_empty_and_an_alarm_ends_with_the_exit(bool isOccupied)
    {
        var scene = new ZoneScene(Pool, Post);

        if (isOccupied) scene.See(30, At(1, X, Y));
        scene.See(50, At(1, 0.9, Y));

        Assert.Equal(isOccupied ? [SightEventKind.Entered, SightEventKind.PostEmpty, SightEventKind.Left, SightEventKind.PostManned] : [], scene.Kinds);
    }

    [Fact]
    public void Without_a_drawn_post_nobody_misses_an_attendant() => Assert.Equal([SightEventKind.Entered], new ZoneScene().See(500, At(1, X, Y)).Kinds);

    [Fact]
    public void A_post_is_missed_also_while_whoever_is_inside_has_vanished()
    {
        var scene = new ZoneScene(Pool, Post).See(5, At(1, X, Y)).See(30);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished, SightEventKind.PostEmpty], scene.Kinds);
    }

    [Fact]
    public void Whoever_is_inside_attends_to_nobody_however_the_post_was_drawn()
    {
        var scene = new ZoneScene(Pool, Post with { Corners = Pool.Corners }).See(30, At(1, X, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.PostEmpty], scene.Kinds);
    }

    [Fact]
    public void Of_two_posts_one_with_somebody_is_enough()
    {
        var scene = new ZoneScene(Pool, Post, Square(6, ZoneKind.AttendantPost, 0.8, 0.3, 1, 0.8)).See(50, At(1, X, Y), At(2, 0.9, Y));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Fact]
    public void A_post_that_is_erased_is_missed_no_more()
    {
        var scene = new ZoneScene(Pool, Post).See(30, At(1, X, Y)).Redraw(Pool).See(At(1, X, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.PostEmpty, SightEventKind.PostManned], scene.Kinds);
    }

    [Fact]
    public void Whoever_is_still_inside_when_a_zone_is_drawn_anew_has_not_entered_again()
    {
        var scene = new ZoneScene().See(5, At(1, X, Y)).Redraw(Square(1, ZoneKind.PermitEntry, 0.4, 0.4, 0.9, 0.9)).See(10, At(1, X, Y)).See(5, At(1, 0.1, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Left], scene.Kinds);
        Assert.Equal([7, 8], scene.Events.Select(happened => happened.ZoneVersion));
        Assert.Equal(scene.Events[0].Id, scene.Events[1].Entry);
    }

    [Fact]
    public void Whoever_stands_beside_the_new_zone_is_seen_to_leave() =>
        Assert.Equal([SightEventKind.Entered, SightEventKind.Left], new ZoneScene().See(5, At(1, X, Y)).Redraw(Square(1, ZoneKind.Exclusion, 0.6, 0.4, 0.9, 0.9)).See(5, At(1, X, Y)).Kinds);

    [Fact]
    public void Whoever_vanished_is_still_missed_when_the_zone_is_drawn_anew()
    {
        var scene = new ZoneScene().See(5, At(1, X, Y)).See(20).Redraw(Square(1, ZoneKind.Exclusion, 0.6, 0.4, 0.9, 0.9)).See(50);

        Assert.True(scene.Watch.IsOccupied);
        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
    }

    [Fact]
    public void With_a_zone_that_is_erased_the_entries_of_those_in_sight_end()
    {
        var scene = new ZoneScene().See(5, At(1, 0.4, Y), At(2, 0.6, Y)).See(20, At(1, 0.4, Y)).Redraw();

        Assert.False(scene.Watch.IsOccupied);
        Assert.Equal(1, scene.Only(SightEventKind.Left).Track);
        Assert.Equal(scene.Only(SightEventKind.Left), scene.Events[^1]);
    }

    [Fact]
    public void The_same_pictures_make_the_same_events()
    {
        static ZoneScene Play() => new ZoneScene(Pool with { LoiteringSeconds = 4, MostPersons = 1 }, Post).See(30, At(1, X, Y)).See(10, At(1, X, Y), At(2, 0.4, Y)).See(20, At(2, 0.4, Y)).See(5, At(2, 0.1, Y));

        var (one, other) = (Play(), Play());

        Assert.True(one.Events.Count >= 7);
        Assert.Equal(one.Events.Select(happened => (happened.Kind, happened.At, happened.Track, happened.Persons)), other.Events.Select(happened => (happened.Kind, happened.At, happened.Track, happened.Persons)));
    }
}
