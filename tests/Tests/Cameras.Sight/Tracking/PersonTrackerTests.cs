using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Tests.Cameras.Sight.Zones;

namespace Anlan.Tests.Cameras.Sight.Tracking;

/// <summary>People are followed, and nobody is where only the model thinks so.</summary>
public sealed class PersonTrackerTests
{
    private readonly PersonTracker _tracker = new(new TrackerSettings());

    private static PersonBox At(double x, double y = 0.6, double score = 0.8, double height = 0.3) => ZoneScene.At(0, x, y, height, score: score).Box;

    private Track Only => Assert.Single(_tracker.Tracks);

    [Fact]
    public void Whoever_walks_keeps_his_number()
    {
        for (var i = 0; i < 20; i++) _tracker.Update([At(0.1 + (i * 0.02))]);

        Assert.Equal((1, 20), (Only.Number, Only.Seen));
        Assert.True(_tracker.IsConfirmed(Only));
    }

    [Theory]
    [InlineData(0.07)]
    [InlineData(0.1)]
    public void Whoever_runs_keeps_his_number_though_he_is_beside_himself_in_the_next_picture(double step)
    {
        for (var i = 0; i < 6; i++) _tracker.Update([At(0.1 + (i * step))]);

        Assert.Equal((1, 6), (Only.Number, Only.Seen));
    }

    [Fact]
    public void One_sighting_is_not_yet_a_person_and_gone_soon()
    {
        _tracker.Update([At(0.5)]);
        Assert.False(_tracker.IsConfirmed(Only));

        Assert.Empty(_tracker.Update([]));
        Assert.Empty(_tracker.Update([]));
        Assert.Single(_tracker.Update([]));

        Assert.Empty(_tracker.Tracks);
    }

    [Fact]
    public void A_person_is_kept_for_ten_pictures_without_being_seen()
    {
        for (var i = 0; i < 3; i++) _tracker.Update([At(0.5)]);

        for (var i = 0; i < 10; i++) Assert.Empty(_tracker.Update([]));
        Assert.Equal(1, Assert.Single(_tracker.Update([])).Number);
    }

    [Fact]
    public void Doubtful_sightings_begin_nothing_but_continue_a_person()
    {
        _tracker.Update([At(0.5, score: 0.25)]);
        Assert.Empty(_tracker.Tracks);

        _tracker.Update([At(0.5)]);
        for (var i = 0; i < 20; i++) _tracker.Update([At(0.5, score: 0.25)]);

        Assert.Equal((21, 0), (Only.Seen, Only.Lost));
        Assert.Equal(0.8f, Only.Best);
    }

    [Fact]
    public void What_is_less_than_doubtful_is_nothing()
    {
        _tracker.Update([At(0.5)]);
        _tracker.Update([At(0.5, score: 0.19)]);

        Assert.Equal(1, Only.Lost);
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(0.25, false)]
    public void Nobody_jumps_further_than_a_person_can_move(double score, bool beginsAnother)
    {
        for (var i = 0; i < 3; i++) _tracker.Update([At(0.2)]);

        // Across a picture of 16 : 9, 0.15 is 0.27 of its height: 0.89 heights of a person.
        _tracker.Update([At(0.35, score: score)]);

        Assert.Equal(1, _tracker.Tracks[0].Lost);
        Assert.Equal(beginsAnother, _tracker.Tracks.Count == 2);
    }

    [Fact]
    public void A_sighting_of_quite_another_size_is_somebody_else()
    {
        for (var i = 0; i < 3; i++) _tracker.Update([At(0.2)]);

        _tracker.Update([At(0.27, height: 0.1)]);

        Assert.Equal([1, 2], _tracker.Tracks.Select(track => track.Number));
        Assert.Equal(1, _tracker.Tracks[0].Lost);
    }

    [Fact]
    public void Two_who_pass_each_other_stay_two()
    {
        for (var i = 0; i < 20; i++) _tracker.Update([At(0.3 + (i * 0.02), 0.6), At(0.7 - (i * 0.02), 0.75)]);

        Assert.Equal([1, 2], _tracker.Tracks.Select(track => track.Number));
        Assert.True(_tracker.Tracks[0].Box.Left > 0.6);
    }

    // Such a jump has raised burglar alarms elsewhere.
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.30)]
    [InlineData(0.34)]
    public void A_doubtful_false_sighting_in_a_zone_does_not_take_somebody_beside_it_in(double score)
    {
        var watch = new ZoneWatch(ZoneScene.Camera, new ZoneSet(1, [ZoneScene.Pool with { Inertia = 1 }]), [], TimeZoneInfo.Utc);
        var (events, at) = (new List<SightEvent>(), ZoneScene.Begin);

        // He stands just beside it and is not always seen; what looks like a person hangs within the zone.
        for (var i = 0; i < 50; i++, at += TimeSpan.FromSeconds(0.2))
        {
            _tracker.Update(i % 3 == 2 ? [At(0.34, score: score)] : [At(0.27), At(0.34, score: score)]);
            events.AddRange(watch.Look(SightPicture.Of(at, _tracker)));
        }

        Assert.Empty(events);
        Assert.Single(_tracker.Tracks);
    }

    [Fact]
    public void Settings_follow_the_detectors_threshold()
    {
        var settings = TrackerSettings.From(0.7f, 4f / 3);

        Assert.Equal((0.7f, 0.4f, 4f / 3), (settings.Sure, settings.Doubtful, settings.Aspect));
    }
}
