using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Seeing;
using Anlan.Tests.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Seeing;

/// <summary>What is wrong with a camera's sight, from painted pictures and from those of the clips, at times that the test makes.</summary>
public sealed class SightWatchTests
{
    private const double Step = 0.5;
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly SightWatch _watch = new(new SightSettings(), Begin);
    private readonly List<(SightState State, double Since, double Told)> _told = [];
    private readonly Grid _grid = new();
    private readonly Random _dice = new(1);
    private double _now;

    [Fact]
    public void A_camera_sees_from_its_first_picture_on_and_is_offline_before()
    {
        Assert.Equal((SightState.Offline, null), (_watch.State, _watch.PictureAt));

        Show(Scene, 1);

        Assert.Equal((SightState.Seeing, Step, Step), Assert.Single(_told));
    }

    [Fact]
    public void Without_pictures_it_is_offline_since_the_last_one_and_sees_again_with_the_next()
    {
        Show(Scene, 10);
        Wait(30);
        Show(Scene, 10);

        Assert.Equal([(SightState.Seeing, Step), (SightState.Offline, 10), (SightState.Seeing, 40 + Step)], _told.Select(told => (told.State, told.Since)));
        Assert.InRange(_told[1].Told, 15, 15.5);
    }

    [Fact]
    public void A_camera_that_never_sends_a_picture_is_told_once()
    {
        Wait(60);

        Assert.Equal((SightState.Offline, 0d), Assert.Single(_told.Select(told => (told.State, told.Since))));
    }

    [Fact]
    public void A_picture_that_stands_is_frozen_since_it_stands()
    {
        Show(Scene, 10);
        using var still = Scene(0);
        Show(_ => still, 40);
        Show(Scene, 2);

        Assert.Equal([SightState.Seeing, SightState.Frozen, SightState.Seeing], _told.Select(told => told.State));
        Assert.InRange(_told[1].Since, 10, 11);
        Assert.InRange(_told[1].Told, 40, 41.5);
    }

    [Fact]
    public void A_still_scene_with_the_least_noise_is_not_frozen()
    {
        using var still = Scene(0);
        Show(_ => still.With((x, y) => still.At(x, y) + (_dice.Next(50) == 0 ? 1 : 0)), 60);

        Assert.Equal(SightState.Seeing, Assert.Single(_told).State);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(120, 2)]
    [InlineData(200, 0)]
    public void One_surface_before_the_lens_is_covered_whatever_its_brightness(int brightness, int noise)
    {
        Show(Scene, 10);
        Show(_ => Pictures.Of((x, y) => brightness + (x / 100) + (noise == 0 ? 0 : _dice.Next(noise))), 10);
        Show(Scene, 10);

        Assert.Equal([SightState.Seeing, SightState.Covered, SightState.Seeing], _told.Select(told => told.State));
        Assert.InRange(_told[1].Since, 10, 10.5);
    }

    [Fact]
    public void A_hand_before_the_lens_for_a_moment_is_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            Show(Scene, 10);
            Show(_ => Pictures.Of((_, _) => 60), 4);
        }

        Assert.Equal(SightState.Seeing, Assert.Single(_told).State);
    }

    [Fact]
    public void Night_with_noise_is_dark_and_a_lid_is_covered()
    {
        Show(Scene, 10);
        Show(_ => Pictures.Of((_, _) => 18 + _dice.Next(8)), 20);
        Show(_ => Pictures.Of((_, _) => 16), 20);
        Show(Scene, 10);

        Assert.Equal([SightState.Seeing, SightState.Dark, SightState.Covered, SightState.Seeing], _told.Select(told => told.State));
    }

    [Fact]
    public void A_lamp_in_the_night_does_not_make_it_bright()
    {
        Show(_ => Pictures.Of((x, y) => (x - 200) * (x - 200) + (y - 200) * (y - 200) < 8000 ? 230 : 18 + _dice.Next(8)), 20);

        Assert.Equal(SightState.Dark, _told[^1].State);
    }

    [Fact]
    public async Task Whoever_walks_through_a_real_scene_does_not_change_how_it_is_seen()
    {
        var frames = await Pictures.OfClipAsync(VisionClips.People, 200);
        Show(i => frames[i], 100);

        Assert.Equal(SightState.Seeing, Assert.Single(_told).State);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(0, 60)]
    [InlineData(-200, 40)]
    public async Task A_camera_that_was_turned_is_moved_until_it_is_turned_back(int across, int down)
    {
        var frames = await Pictures.OfClipAsync(VisionClips.People, 60);
        Show(i => frames[i], 20);
        Show(i => frames[i % 60].With((x, y) => frames[i % 60].At(x + across, y + down)), 30);
        Show(i => frames[i % 60], 10);

        Assert.Equal([SightState.Seeing, SightState.Moved, SightState.Seeing], _told.Select(told => told.State));
        Assert.InRange(_told[1].Since, 20, 21);
        Assert.InRange(_told[2].Told, 50, 54);
    }

    [Fact]
    public async Task Another_scene_altogether_is_moved_and_zones_drawn_on_it_make_it_the_right_one()
    {
        var (people, cars) = (await Pictures.OfClipAsync(VisionClips.People, 60), await Pictures.OfClipAsync(VisionClips.Cars, 60));
        Show(i => people[i % 60], 20);
        Show(i => cars[i % 60], 30);
        _watch.Redrawn();
        Show(i => cars[i % 60], 30);

        Assert.Equal([SightState.Seeing, SightState.Moved, SightState.Seeing], _told.Select(told => told.State));
    }

    [Theory]
    [InlineData(0.45)]
    [InlineData(1.6)]
    public async Task Light_that_changes_slowly_moves_no_camera(double factor)
    {
        var frames = await Pictures.OfClipAsync(VisionClips.People, 60);
        Show(i => frames[i], 20);
        Show(i => frames[i % 60].With((x, y) => (int)(16 + ((frames[i % 60].At(x, y) - 16) * (1 + ((factor - 1) * Math.Min(1, i / 120.0)))))), 100);

        Assert.Equal(SightState.Seeing, Assert.Single(_told).State);
    }

    [Fact]
    public async Task Light_that_turns_bright_and_dark_around_moves_no_camera()
    {
        var frames = await Pictures.OfClipAsync(VisionClips.People, 60);
        Show(i => frames[i], 20);
        Show(i => frames[i % 60].With((x, y) => 251 - frames[i % 60].At(x, y)), 30);

        Assert.Equal(SightState.Seeing, Assert.Single(_told).State);
    }

    [Fact]
    public async Task A_view_that_was_kept_tells_after_a_new_start_that_the_camera_was_turned_meanwhile()
    {
        var frames = await Pictures.OfClipAsync(VisionClips.People, 60);
        Show(i => frames[i], 20);
        var kept = _watch.Placement.Write();
        var next = new SightWatch(new SightSettings(), Begin);

        Assert.True(next.Placement.Read(kept));
        for (var i = 0; i < 60; i++)
        {
            _grid.Fill(frames[i % 60].With((x, y) => frames[i % 60].At(x + 150, y)));
            next.See(_grid, Begin.AddSeconds(i * Step));
        }

        Assert.Equal(SightState.Moved, next.State);
        Assert.False(next.Placement.Read(new byte[12]));
    }

    // Steps and bars, with a sensor's noise, and somebody who walks.
    private Picture Scene(int i) => Pictures.Of((x, y) => 60 + (x / 128 * 12) + (y > 300 && x is > 400 and < 600 ? 80 : 0) + (x > (i * 5 % 900) && x < (i * 5 % 900) + 60 && y is > 100 and < 280 ? -40 : 0) + ((x * 7919) + (y * 104729) + (i * 31) & 3));

    private void Show(Func<int, Picture> picture, double seconds)
    {
        for (var i = 0; i < seconds / Step; i++)
        {
            _now += Step;
            _grid.Fill(picture(i));
            Note(_watch.See(_grid, Begin.AddSeconds(_now)));
        }
    }

    private void Wait(double seconds)
    {
        for (var i = 0; i < seconds / Step; i++)
        {
            _now += Step;
            Note(_watch.Wait(Begin.AddSeconds(_now)));
        }
    }

    private void Note(bool changed)
    {
        if (changed) _told.Add((_watch.State, (_watch.Since - Begin).TotalSeconds, _now));
    }
}
