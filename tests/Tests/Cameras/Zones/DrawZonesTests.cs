using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Zones;

namespace Anlan.Tests.Cameras.Zones;

public sealed class DrawZonesTests : IAsyncLifetime
{
    private CamerasWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await CamerasWorld.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_version_stays_as_it_was_and_what_was_drawn_meanwhile_is_not_overwritten()
    {
        Assert.Equal(2, (await DrawAsync(1, CamerasWorld.AZone(1, ZoneKind.AttendantPost))).Value.Version);
        Assert.Equal(["ChangedMeanwhile"], (await DrawAsync(1, CamerasWorld.AZone(1, ZoneKind.Mask))).Refusals.Select(refusal => refusal.Code));

        var first = (await _world.AskAsync((ShowZones slice) => slice.RunAsync(_world.Code, 1, CancellationToken.None))).Value;
        Assert.Equal((1, 2, ZoneKind.Exclusion), (first.Version, first.InForce, first.Zones[0].Kind));
        Assert.Equal([2, 1], first.Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_named_by_zone_and_field()
    {
        var crossed = CamerasWorld.AZone(1, ZoneKind.Exclusion) with { Corners = [new(0.1, 0.1), new(0.9, 0.9), new(0.9, 0.1), new(0.1, 0.9)], Inertia = 99 };
        var refusals = (await DrawAsync(1, crossed)).Refusals;
        Assert.Equal([("zones.1.corners", "ZoneCrossesItself"), ("zones.1.inertia", "ZoneOutOfRange")], refusals.Select(refusal => (refusal.Field, refusal.Code)));
    }

    [Fact]
    public async Task What_other_zones_would_have_found_is_told_from_where_people_were()
    {
        var now = _world.Host.Clock.GetUtcNow();
        _world.Host.Get<SeenHour>().Take(new CameraId(_world.Camera), [.. Enumerable.Range(0, 10).Select(i => new RecordedPicture(now.AddSeconds(i * 0.2 - 60), [new SeenPerson(1, 0.45, 0.1, 0.55, 0.4, 0.9, null)]))]);
        var inside = await PreviewAsync(CamerasWorld.AZone(1, ZoneKind.Exclusion));
        var outside = await PreviewAsync(CamerasWorld.AZone(1, ZoneKind.Exclusion) with { Corners = [new(0, 0.8), new(0.1, 0.8), new(0.1, 1), new(0, 1)] });

        Assert.Equal((10, 1, 0), (inside.Pictures, inside.Drawn.Count, outside.Drawn.Count));
    }

    private async Task<PreviewZones.Preview> PreviewAsync(Zone zone) => (await _world.AskAsync((PreviewZones slice) => Task.FromResult(slice.Run(_world.Code, [zone])))).Value;

    private Task<Anlan.Kernel.Outcomes.Outcome<DrawZones.Drawn>> DrawAsync(int seen, params Zone[] zones) => _world.AskAsync((DrawZones slice) => slice.RunAsync(_world.Code, new DrawZones.Request(seen, zones), CancellationToken.None));
}
