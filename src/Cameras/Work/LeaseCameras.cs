using Anlan.Cameras.Events;
using Anlan.Cameras.Live;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Zones;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Anlan.Cameras.Work;

/// <summary>A worker reports how its cameras do and hears which it holds. Every two seconds; the addresses go along, sealed until here, and nowhere else.</summary>
internal sealed class LeaseCameras(CamerasDb db, LeaseDesk desk, SightDesk sights, LiveDesk live, SeenHour hour, ZoneIndex zones, ConfirmedEntries confirmed, PersonalFields seals, CurrentActor current, CurrentScope scope, IOptions<CamerasOptions> options, CityCalendar calendar)
{
    private const int MostCores = 1_024;
    private const int MostReports = 1_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/camera-work/lease", (LeaseRequest request, LeaseCameras slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Work).Produces<LeaseAnswer>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Camera work").WithSummary("A worker asks which cameras it holds and reports how they do; every two seconds");

    /// <summary>Refused by field with <c>WorkerInvalid</c>.</summary>
    public async Task<Outcome<LeaseAnswer>> RunAsync(LeaseRequest request, CancellationToken stop)
    {
        if (request.Worker?.Trim() is not { Length: > 0 and <= CameraLease.LongestWorker } name || name.Any(char.IsControl)) return Refusal.OfField("worker", "WorkerInvalid") with { Limit = FactValue.Count(CameraLease.LongestWorker) };
        if (request.Cores is < 1 or > MostCores) return Refusal.OfField("cores", "WorkerInvalid") with { Measured = FactValue.Count(request.Cores), Limit = FactValue.Count(MostCores) };
        if (request.Cameras is null || request.Cameras.Any(report => report?.Seen is null)) return Refusal.OfField("cameras", "WorkerInvalid");
        if (request.Cameras.Count > MostReports) return Refusal.OfField("cameras", "WorkerInvalid") with { Measured = FactValue.Count(request.Cameras.Count), Limit = FactValue.Count(MostReports) };
        var now = calendar.Now;
        var asking = new AskingWorker(current.Actor.Account, name, request.Cores, scope.Now);
        var held = desk.Ask(asking, request.Cameras, request.Leaving, now);
        await WriteAsync(asking, held, now, stop);
        await BelieveAsync(request, held, stop);

        var ids = held.Select(camera => camera.Id).ToList();
        var rows = await db.Cameras.AsNoTracking().Where(camera => ids.Contains(camera.Id)).ToDictionaryAsync(camera => camera.Id, stop);
        var mayReadOwn = asking.IsAtPlant || options.Value.AllowOwnNetwork;
        return new LeaseAnswer((int)desk.Length.TotalSeconds, now, calendar.Zone.Id, [.. held.Where(camera => rows.ContainsKey(camera.Id)).Select(camera => new CameraTask(
            camera.Id.Value, camera.Name, Camera.Sealing.Open(seals, rows[camera.Id], "address"), zones.Of(camera.Id), camera.Hours, live.IsWatched(camera.Id, now), mayReadOwn)
        { Confirmed = confirmed.Of(camera.Id) })]);
    }

    // Only when something changed: a row outlives the server, the times do not have to.
    private async Task WriteAsync(AskingWorker asking, IReadOnlyList<CameraFacts> held, DateTimeOffset now, CancellationToken stop)
    {
        var ids = held.Select(camera => camera.Id).ToList();
        var rows = await db.Leases.Where(lease => lease.Worker == asking.Key || ids.Contains(lease.Camera)).ToListAsync(stop);
        foreach (var lease in rows)
        {
            if (!ids.Contains(lease.Camera)) db.Leases.Remove(lease);
            else if (lease.Worker != asking.Key) (lease.Worker, lease.Account, lease.Since) = (asking.Key, asking.Account, now);
        }

        db.Leases.AddRange(ids.Where(id => !rows.Exists(lease => lease.Camera == id)).Select(id => new CameraLease { Camera = id, Worker = asking.Key, Account = asking.Account, Since = now }));
        if (db.Context.ChangeTracker.HasChanges()) await db.Context.TrySaveAsync(stop);
    }

    // A worker tells of each change itself; what got lost with a worker that died is told by the next one's report.
    private async Task BelieveAsync(LeaseRequest request, IReadOnlyList<CameraFacts> held, CancellationToken stop)
    {
        foreach (var report in request.Cameras)
        {
            if (report.State is SightState.Unwatched or SightState.Paused || !Enum.IsDefined(report.State) || !held.Any(camera => camera.Id.Value == report.Camera)) continue;
            await sights.SayAsync(new CameraId(report.Camera), report.State, stop, report.Since);
            hour.Take(new CameraId(report.Camera), [.. report.Seen.Take(CameraReport.MostSeen)]);
        }
    }
}
