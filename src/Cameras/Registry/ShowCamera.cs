using Anlan.Cameras.Events;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Work;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Registry;

/// <summary>One camera with what it sees now and who is in its zones.</summary>
internal sealed class ShowCamera(CamerasDb db, FindCamera find, CameraRows rows, LeaseDesk desk, ListCameraEvents events, TimeProvider clock)
{
    /// <param name="Camera">As in lists.</param>
    /// <param name="AddressShown">Where its pictures come from, without user and password.</param>
    /// <param name="Hours">When it is watched; none = always.</param>
    /// <param name="SignText">What stands on the sign beside it.</param>
    /// <param name="PausedReason">Why it is switched off, or null.</param>
    /// <param name="PausedAt">Since when.</param>
    /// <param name="RemovedReason">Why it is gone, or null.</param>
    /// <param name="RegisteredAt">Since when it is entered.</param>
    /// <param name="Worker">Who looks through it, or null.</param>
    /// <param name="Restarts">How often reading was begun anew within the last hour.</param>
    /// <param name="Fault">What the last attempt to read said, or null.</param>
    /// <param name="Open">Who is in its zones: entries without an end, the newest first.</param>
    /// <param name="JudgedTrue">How many of its events were called true.</param>
    /// <param name="JudgedFalse">How many were called false.</param>
    /// <param name="Version">To be sent with an edit.</param>
    public sealed record Shown(
        CameraRow Camera, string AddressShown, IReadOnlyList<WatchHours> Hours, string SignText, string? PausedReason, DateTimeOffset? PausedAt, string? RemovedReason, DateTimeOffset RegisteredAt, string? Worker, int? Restarts, string? Fault,
        IReadOnlyList<ListCameraEvents.Row> Open, int JudgedTrue, int JudgedFalse, int Version);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cameras/{code}", (string code, ShowCamera slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Show a camera");

    /// <summary>Refused with <c>CameraUnknown</c>.</summary>
    public async Task<Outcome<Shown>> RunAsync(string code, CancellationToken stop)
    {
        if (find.Facts(code) is not { } facts || await find.RowAsync(code, stop) is not { } camera) return FindCamera.Unknown(code);
        var status = desk.StatusOf(facts.Id);
        var open = await db.Events.AsNoTracking().Where(seen => seen.Camera == facts.Id && seen.Kind == SightEventKind.Entered && seen.Entry != null
                && !db.Events.Any(left => left.Entry == seen.Entry && left.Kind == SightEventKind.Left) && !db.Confirmations.Any(said => said.Entry == seen.Entry))
            .OrderByDescending(seen => seen.Seq).Take(20).ToListAsync(stop);
        var judged = await db.Events.AsNoTracking().Where(seen => seen.Camera == facts.Id && seen.WasTrue != null).GroupBy(seen => seen.WasTrue).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(stop);
        return new Shown(
            rows.Of(facts), camera.AddressShown, facts.Hours, camera.SignText, camera.PausedReason, camera.PausedAt, camera.RemovedReason, camera.RegisteredAt, desk.HolderOf(facts.Id, clock.GetUtcNow()) is null ? null : status?.Worker,
            status?.Report.Restarts, status?.Report.Fault, [.. open.Select(events.Read)], judged.Find(group => group.Key == true)?.Count ?? 0, judged.Find(group => group.Key == false)?.Count ?? 0, camera.Version);
    }
}
