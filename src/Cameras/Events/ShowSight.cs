using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Zones;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>What happened before a camera on one day, and for how long each zone was unprotected: time without sight counts as such, whatever the reason.</summary>
internal sealed class ShowSight(CamerasDb db, FindCamera find, ListCameraEvents events, ZoneIndex zones, CityCalendar calendar)
{
    /// <param name="From">Begin.</param>
    /// <param name="To">End.</param>
    /// <param name="State">Why nothing was seen.</param>
    public sealed record Gap(DateTimeOffset From, DateTimeOffset To, SightState State);

    /// <param name="Zone">Number of the zone.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="DueSeconds">For how long it should have been watched so far.</param>
    /// <param name="UnprotectedSeconds">For how long of that nobody saw anything.</param>
    public sealed record ZoneTime(int Zone, string Name, long DueSeconds, long UnprotectedSeconds);

    /// <param name="Day">The day.</param>
    /// <param name="From">Begin of what is counted: of the day, or of the camera.</param>
    /// <param name="To">End: of the day, or now.</param>
    /// <param name="Gaps">When nothing was seen, within the camera's hours or not.</param>
    /// <param name="Zones">For each zone.</param>
    /// <param name="Events">What happened, the oldest first.</param>
    public sealed record Shown(DateOnly Day, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Gap> Gaps, IReadOnlyList<ZoneTime> Zones, IReadOnlyList<ListCameraEvents.Row> Events);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cameras/{code}/day", (string code, DateOnly? day, ShowSight slice, CancellationToken stop) => slice.RunAsync(code, day, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("A camera's day: what happened, and for how long each zone was unprotected");

    /// <summary>Refused with <c>CameraUnknown</c>.</summary>
    public async Task<Outcome<Shown>> RunAsync(string code, DateOnly? day, CancellationToken stop)
    {
        if (find.Facts(code) is not { } camera) return FindCamera.Unknown(code);
        var (on, now) = (day ?? calendar.Today, calendar.Now);
        var (from, to) = (Later(calendar.StartOf(on), camera.RegisteredAt), Earlier(calendar.EndOf(on), now));
        if (to < from) to = from;
        var before = await db.Events.AsNoTracking().Where(seen => seen.Camera == camera.Id && seen.Kind == SightEventKind.Sight && seen.At <= from).OrderByDescending(seen => seen.At).ThenByDescending(seen => seen.Seq).FirstOrDefaultAsync(stop);
        var happened = await events.OfAsync(camera.Id, from, to, stop);
        var gaps = SightTimes.Gaps(before?.State ?? SightState.Unwatched, happened.Where(seen => seen is { Kind: SightEventKind.Sight, State: not null }).Select(seen => (seen.At, seen.State!.Value)), from, to);
        return new Shown(on, from, to, gaps, [.. zones.Of(camera.Id).Zones.Where(zone => zone.Kind != ZoneKind.Mask).Select(zone => Time(zone, camera, gaps, from, to))], happened);
    }

    private ZoneTime Time(Zone zone, CameraFacts camera, IReadOnlyList<Gap> gaps, DateTimeOffset from, DateTimeOffset to)
    {
        var (due, unprotected) = SightTimes.Count(gaps, from, to, at => WatchHours.Hold(camera.Hours, at, calendar.Zone) && WatchHours.Hold(zone.Hours, at, calendar.Zone));
        return new ZoneTime(zone.Number, zone.Name, (long)due.TotalSeconds, (long)unprotected.TotalSeconds);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>Counts time without sight.</summary>
internal static class SightTimes
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>When nothing was seen between two moments.</summary>
    /// <param name="before">Whether it saw at the first moment.</param>
    /// <param name="changes">What changed, in any order.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    public static IReadOnlyList<ShowSight.Gap> Gaps(SightState before, IEnumerable<(DateTimeOffset At, SightState State)> changes, DateTimeOffset from, DateTimeOffset to)
    {
        var (gaps, state, since) = (new List<ShowSight.Gap>(), before, from);
        foreach (var (at, next) in changes.Append((to, SightState.Seeing)).OrderBy(change => change.Item1))
        {
            if (next == state && at < to) continue;
            if (state != SightState.Seeing && at > since) gaps.Add(new ShowSight.Gap(since, at, state));
            (state, since) = (next, at);
        }

        return gaps;
    }

    /// <summary>How much of a time was due, and how much of that lies in gaps. Hours begin and end on whole minutes.</summary>
    public static (TimeSpan Due, TimeSpan Unprotected) Count(IReadOnlyList<ShowSight.Gap> gaps, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, bool> isDue)
    {
        var (due, unprotected) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var begin = from; begin < to;)
        {
            var whole = new DateTimeOffset(begin.Ticks - (begin.Ticks % Step.Ticks), begin.Offset) + Step;
            var end = whole < to ? whole : to;
            if (isDue(begin))
            {
                due += end - begin;
                foreach (var gap in gaps)
                {
                    var (first, last) = (gap.From > begin ? gap.From : begin, gap.To < end ? gap.To : end);
                    if (last > first) unprotected += last - first;
                }
            }

            begin = end;
        }

        return (due, unprotected);
    }
}
