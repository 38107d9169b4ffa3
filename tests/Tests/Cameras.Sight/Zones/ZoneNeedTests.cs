using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using static Anlan.Tests.Cameras.Sight.Zones.ZoneScene;

namespace Anlan.Tests.Cameras.Sight.Zones;

/// <summary>Who vanished, lies, or went in after such a one.</summary>
public sealed class ZoneNeedTests
{
    private const double X = 0.5, Y = 0.6;

    private static ZoneScene Occupied(params Zone[] zones) => new ZoneScene(zones).See(5, At(1, X, Y));

    private static ZoneScene Vanished() => Occupied().See(15);

    private static ZoneScene Down()
    {
        var scene = Occupied();
        for (var i = 0; i < 3; i++) scene.See([Lying(X, Y)]);
        return scene;
    }

    [Fact]
    public void Whoever_is_lost_from_sight_inside_for_two_seconds_has_vanished_once_and_for_good()
    {
        var scene = Occupied().See(9);
        Assert.Single(scene.Events);

        scene.See(10_000);

        var vanished = scene.Only(SightEventKind.Vanished);
        Assert.Equal((scene.Events[0].Id, 1, 1), (vanished.Entry!.Value, vanished.Persons, vanished.Track));
        Assert.Equal(2, vanished.Seconds!.Value, 3);
        Assert.Equal(Begin + TimeSpan.FromMilliseconds(2800), vanished.At);
        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void A_camera_that_sends_no_picture_lets_nobody_vanish()
    {
        var scene = Occupied().Pass(TimeSpan.FromMinutes(10)).See(3, At(1, X, Y));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(3000)]
    public void Whoever_comes_into_view_again_where_he_was_is_the_same_person_under_another_number(int pictures)
    {
        var scene = Occupied().See(pictures).See(5, At(9, X + 0.05, Y)).See(5, At(9, 0.1, Y));

        Assert.Single(scene.Events, happened => happened.Kind == SightEventKind.Entered);
        Assert.Equal((scene.Events[0].Entry, 9), (scene.Only(SightEventKind.Left).Entry, scene.Only(SightEventKind.Left).Track));
        Assert.DoesNotContain(SightEventKind.RushedIn, scene.Kinds);
    }

    [Fact]
    public void Whoever_comes_into_view_elsewhere_in_the_zone_is_somebody_else()
    {
        var scene = Occupied().See(15).See(5, At(9, 0.32, 0.35, height: 0.1));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished, SightEventKind.Entered, SightEventKind.RushedIn], scene.Kinds);
    }

    [Fact]
    public void Whoever_walks_to_where_somebody_vanished_rushed_in_and_does_not_clear_him_when_he_leaves()
    {
        var scene = Vanished().See(5, At(2, 0.1, Y)).See(5, At(2, X, Y));

        var rushed = scene.Only(SightEventKind.RushedIn);
        Assert.Equal((scene.Events[2].Id, SightEventKind.Entered, 2), (rushed.Entry!.Value, scene.Events[2].Kind, rushed.Persons));

        scene.See(20, At(2, 0.1, Y));

        Assert.Equal(rushed.Entry, scene.Only(SightEventKind.Left).Entry);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void A_rescuer_whose_way_breaks_where_somebody_vanished_is_still_the_rescuer()
    {
        // The tracker loses him as he bends down and finds him under another number.
        var scene = Vanished().See(5, At(2, 0.1, Y)).See(5, At(2, X + 0.03, Y)).See(3).See(5, At(3, X + 0.03, Y)).See(20, At(3, 0.1, Y));

        Assert.Equal(scene.Only(SightEventKind.RushedIn).Entry, scene.Only(SightEventKind.Left).Entry);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void A_short_gap_on_the_way_out_is_no_new_person()
    {
        var scene = Occupied().See(2, At(1, 0.33, Y)).See(3).See(5, At(2, 0.28, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Left], scene.Kinds);
    }

    [Fact]
    public void Whoever_appears_beside_the_zone_long_after_does_not_clear_whoever_vanished_at_its_edge()
    {
        var scene = new ZoneScene().See(5, At(1, 0.32, Y)).See(30).See(20, At(2, 0.28, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void That_holds_also_while_the_tracker_has_not_given_him_up()
    {
        var scene = new ZoneScene().See(5, At(1, 0.32, Y)).See(30, Lost(1, 0.32, Y)).See(20, Lost(1, 0.32, Y), At(2, 0.28, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void Whoever_stood_beside_him_before_he_vanished_is_somebody_else()
    {
        var scene = new ZoneScene(Pool with { Inertia = 5 }).See(5, At(1, X, Y)).See(2, At(1, X, Y), At(2, X + 0.05, Y)).See(20, At(2, X + 0.05, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Entered, SightEventKind.Vanished], scene.Kinds);
        Assert.Equal(scene.Events[0].Entry, scene.Events[2].Entry);
    }

    [Fact]
    public void After_a_gap_without_pictures_one_picture_without_him_says_nothing_yet()
    {
        var scene = Occupied().Pass(TimeSpan.FromMinutes(10)).See();
        Assert.Single(scene.Events);

        Assert.Contains(SightEventKind.Vanished, scene.See().Kinds);
    }

    [Fact]
    public void Whoever_is_found_lying_for_the_inertia_near_where_he_stood_is_down_once()
    {
        var scene = Occupied().See([Lying(X, Y)]).See([Lying(X + 0.05, Y)]);
        Assert.Single(scene.Events);

        for (var i = 0; i < 100; i++) scene.See([Lying(X + 0.05, Y)]);

        var down = scene.Only(SightEventKind.Down);
        Assert.Equal((scene.Events[0].Id, 1), (down.Entry!.Value, down.Persons));
        // Whoever is seen lying has not vanished.
        Assert.Equal([SightEventKind.Entered, SightEventKind.Down], scene.Kinds);
    }

    [Fact]
    public void Whoever_is_down_and_then_not_to_be_seen_stays_down()
    {
        var scene = Down().See(1000);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Down], scene.Kinds);
        Assert.True(scene.Watch.IsOccupied);
    }

    [Fact]
    public void Whoever_vanished_and_is_found_lying_is_down()
    {
        var scene = Vanished();

        for (var i = 0; i < 3; i++) scene.See([Lying(X, Y)]);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished, SightEventKind.Down], scene.Kinds);
    }

    [Fact]
    public void A_rotated_pass_that_misses_now_and_then_still_finds_him()
    {
        var scene = Occupied();

        for (var i = 0; i < 4; i++) scene.See([Lying(X, Y)]).See([Lying(X, Y)]).See();

        Assert.Contains(SightEventKind.Down, scene.Kinds);
    }

    [Fact]
    public void Rotated_passes_over_every_third_picture_find_him_too()
    {
        var scene = Occupied();

        for (var i = 0; i < 3; i++) scene.See([Lying(X, Y)]).See(lying: null).See(lying: null);

        Assert.Equal([SightEventKind.Entered, SightEventKind.Down], scene.Kinds);
    }

    [Fact]
    public void A_single_false_find_now_and_then_is_nobody_down()
    {
        var scene = Occupied();

        for (var i = 0; i < 20; i++) scene.See([Lying(X, Y)]).See(3, At(1, X, Y));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Theory]
    [InlineData(0.5, 0.32)]
    [InlineData(0.75, 0.6)]
    public void Whoever_lies_far_from_any_occupant_or_beside_the_zone_is_not_one_of_them(double x, double y)
    {
        var scene = new ZoneScene().See(5, At(1, 0.4, 0.75, height: 0.2));

        for (var i = 0; i < 20; i++) scene.See([Lying(x, y)], At(1, 0.4, 0.75, height: 0.2) with { IsSeen = false });

        Assert.DoesNotContain(SightEventKind.Down, scene.Kinds);
    }

    [Fact]
    public void Of_an_empty_zone_nobody_is_down()
    {
        var scene = new ZoneScene();

        for (var i = 0; i < 20; i++) scene.See([Lying(X, Y)]);

        Assert.Empty(scene.Events);
    }

    [Fact]
    public void Whoever_is_seen_upright_does_not_lie_whatever_a_rotated_pass_says()
    {
        var scene = Occupied();

        for (var i = 0; i < 20; i++) scene.See([Lying(X, Y)], At(1, X, Y));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Theory]
    [InlineData(0.10, true)]
    [InlineData(0.06, false)]
    public void A_box_much_wider_than_high_is_somebody_who_lies(double width, bool isDown)
    {
        // Of 16 : 9, a width of 0.0731 is as long as a height of 0.13: 1.3 heights are 0.095.
        var scene = Occupied().See(5, At(1, X, Y, height: 0.13, width: width));

        Assert.Equal(isDown, scene.Kinds.Contains(SightEventKind.Down));
    }

    [Fact]
    public void A_box_cut_by_the_edge_of_the_picture_is_nobody_who_lies()
    {
        var scene = new ZoneScene(Square(1, ZoneKind.Exclusion, 0.3, 0.3, 0.7, 1)).See(5, At(1, X, 0.9)).See(20, At(1, X, 0.997, height: 0.13, width: 0.2));

        Assert.Equal([SightEventKind.Entered], scene.Kinds);
    }

    [Theory]
    [InlineData(0.35)]
    [InlineData(0.46)]
    public void Whoever_goes_in_to_one_who_is_down_rushed_in(double x)
    {
        var scene = Down();

        for (var i = 0; i < 5; i++) scene.See([Lying(X, Y)], At(2, x, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Down, SightEventKind.Entered, SightEventKind.RushedIn], scene.Kinds);
    }

    [Fact]
    public void Whoever_gets_up_and_walks_out_has_left()
    {
        var scene = Down().See(5, At(2, X, Y)).See(5, At(2, 0.1, Y));

        Assert.Equal([SightEventKind.Entered, SightEventKind.Down, SightEventKind.Left], scene.Kinds);
        Assert.False(scene.Watch.IsOccupied);
    }

    [Fact]
    public void Getting_up_alone_clears_nothing()
    {
        var scene = Down().See(20, At(2, X, Y)).See(1, At(3, 0.1, 0.7)).See(5, At(3, 0.35, 0.7));

        Assert.Contains(SightEventKind.RushedIn, scene.Kinds);
    }

    [Fact]
    public void A_named_persons_word_ends_the_entry_of_whoever_vanished()
    {
        var scene = Vanished();
        Assert.False(scene.Watch.Confirm(Guid.CreateVersion7()));

        Assert.True(scene.Watch.Confirm(scene.Events[0].Id));

        Assert.False(scene.Watch.IsOccupied);
        Assert.False(scene.Watch.Confirm(scene.Events[0].Id));
        Assert.Equal([SightEventKind.Entered, SightEventKind.Vanished], scene.See(20).Kinds);
    }

    [Fact]
    public void Nobody_can_be_talked_out_of_a_zone_in_which_he_is_seen()
    {
        var scene = Occupied();
        Assert.False(scene.Watch.Confirm(scene.Events[0].Id));
        scene.See(5, At(1, X, Y, height: 0.13, width: 0.12));
        Assert.Contains(SightEventKind.Down, scene.Kinds);

        Assert.True(scene.Watch.Confirm(scene.Events[0].Id));
        scene.See(50, At(1, X, Y, height: 0.13, width: 0.12));

        Assert.True(scene.Watch.IsOccupied);
        Assert.Equal(1, scene.Kinds.Count(kind => kind == SightEventKind.Down));
        // Once he was seen upright it is told again.
        scene.See(3, At(1, X, Y)).See(5, At(1, X, Y, height: 0.13, width: 0.12));
        Assert.Equal(2, scene.Kinds.Count(kind => kind == SightEventKind.Down));
    }

    [Fact]
    public void Two_who_vanish_are_two()
    {
        var scene = new ZoneScene().See(5, At(1, 0.4, Y), At(2, 0.6, Y)).See(30);

        Assert.Equal(2, scene.Kinds.Count(kind => kind == SightEventKind.Vanished));
        Assert.Equal(2, scene.Events.Where(happened => happened.Kind == SightEventKind.Vanished).Select(happened => happened.Entry).Distinct().Count());
    }
}
