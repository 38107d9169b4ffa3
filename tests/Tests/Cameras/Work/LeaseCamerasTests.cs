using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Work;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Cameras.Work;

/// <summary>Who looks through which camera, and what is told when nobody does.</summary>
public sealed class LeaseCamerasTests : IAsyncLifetime
{
    private CamerasWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await CamerasWorld.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_worker_gets_the_address_with_its_password_the_zones_and_nobody_else_ever_sees_it()
    {
        var task = Assert.Single((await AskAsync("one")).Cameras);
        Assert.Equal(("rtsp://eye:secret@10.1.2.3/low", 1, true), (task.Address, task.Zones.Version, task.AllowOwnNetwork));
        var shown = (await _world.AskAsync((ShowCamera slice) => slice.RunAsync(_world.Code, CancellationToken.None))).Value;
        Assert.DoesNotContain("secret", shown.AddressShown, StringComparison.Ordinal);
        Assert.DoesNotContain("eye", shown.AddressShown, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Host.ReadLog(), record => System.Text.Json.JsonSerializer.Serialize(record.Body, record.Body.GetType()).Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_workers_camera_goes_to_the_next_that_asks_after_its_lease_and_a_leaving_ones_at_once()
    {
        Assert.Single((await AskAsync("one")).Cameras);
        Assert.Empty((await AskAsync("two")).Cameras);
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Single((await AskAsync("two")).Cameras);
        Assert.Empty((await AskAsync("one")).Cameras);
        Assert.Empty((await AskAsync("two", isLeaving: true)).Cameras);
        Assert.Single((await AskAsync("one")).Cameras);
    }

    [Fact]
    public async Task A_plants_own_worker_comes_before_one_beside_the_server()
    {
        var desk = _world.Host.Get<LeaseDesk>();
        var (now, bureau, plant) = (_world.Host.Clock.GetUtcNow(), new AskingWorker(Guid.CreateVersion7(), "server", 2, Scope.Everything), new AskingWorker(Guid.CreateVersion7(), "plant", 2, Scope.OfEnterprise(_world.Host.Enterprise.Value)));
        Assert.Single(desk.Ask(bureau, [], false, now));
        Assert.Empty(desk.Ask(plant, [], false, now));
        // It is heard of now: the other one lets go with its next question.
        Assert.Empty(desk.Ask(bureau, [], false, now));
        Assert.Single(desk.Ask(plant, [], false, now));
    }

    [Fact]
    public async Task A_camera_without_a_worker_is_an_alarm_that_ends_when_somebody_sees_again()
    {
        var clockwork = _world.Host.Get<LeaseClockwork>();
        await clockwork.RunOnceAsync(CancellationToken.None);
        Assert.Empty(await _world.AlarmsAsync());
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(6));
        await clockwork.RunOnceAsync(CancellationToken.None);
        await clockwork.RunOnceAsync(CancellationToken.None);
        await _world.Host.ProjectedAsync();
        var alarm = Assert.Single(await _world.AlarmsAsync());
        Assert.Equal(("cameras.unwatched", 1, true), (alarm.Kind, alarm.Times, alarm.IsLasting));

        await AskAsync("one");
        await AskAsync("one", report: SightState.Covered);
        await AskAsync("one", report: SightState.Covered);
        await _world.Host.ProjectedAsync();
        Assert.Equal([("cameras.unwatched", false), ("cameras.covered", true)], (await _world.AlarmsAsync()).Select(told => (told.Kind, told.IsOpen)));
        await AskAsync("one", report: SightState.Seeing);
        await _world.Host.ProjectedAsync();
        Assert.All(await _world.AlarmsAsync(), told => Assert.False(told.IsOpen));
    }

    [Fact]
    public async Task A_camera_that_is_switched_off_has_no_worker_and_says_so()
    {
        Assert.Single((await AskAsync("one")).Cameras);
        Assert.Empty((await _world.AskAsync((SwitchCamera slice) => slice.PauseAsync(_world.Code, "The pool is emptied", CancellationToken.None))).Refusals);
        Assert.Empty((await AskAsync("one")).Cameras);
        await _world.Host.ProjectedAsync();
        Assert.Equal("cameras.paused", Assert.Single(await _world.AlarmsAsync()).Kind);
        Assert.Empty((await _world.AskAsync((SwitchCamera slice) => slice.ResumeAsync(_world.Code, CancellationToken.None))).Refusals);
        Assert.Single((await AskAsync("one")).Cameras);
    }

    private async Task<LeaseAnswer> AskAsync(string worker, bool isLeaving = false, SightState? report = null)
    {
        var reports = report is { } state ? (CameraReport[])[new CameraReport(_world.Camera, state, _world.Host.Clock.GetUtcNow(), null, 5, 5, 0, null)] : [];
        return (await _world.AskAsAsync(worker, (LeaseCameras slice) => slice.RunAsync(new LeaseRequest(worker, 2, isLeaving, reports), CancellationToken.None))).Value;
    }
}
