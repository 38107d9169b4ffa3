using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Zones;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>One event with all that is on record of it.</summary>
internal sealed class ShowCameraEvent(CamerasDb db, FindCamera find, ListCameraEvents events, ZoneHistory history, Attachments files, HotLog log, LogKinds kinds, IAccountNames accounts)
{
    /// <param name="Event">As in lists.</param>
    /// <param name="Zone">The zone as it was in force, or null.</param>
    /// <param name="ZoneVersion">Version of the zones.</param>
    /// <param name="Worker">Which worker saw it; null for the server itself.</param>
    /// <param name="Allowed">How many people may be there, or for how many seconds; null where nothing says.</param>
    /// <param name="Seconds">For how long it had lasted, or null.</param>
    /// <param name="Score">How sure the model was at best, or null.</param>
    /// <param name="Model">Model, or null.</param>
    /// <param name="ModelHash">SHA-256 of its file.</param>
    /// <param name="Threshold">From which score on a sighting counts.</param>
    /// <param name="PermitsKept">False when no module keeps permits: every presence is an intrusion then; null where nothing was asked.</param>
    /// <param name="Permit">The permit that covers it, or null.</param>
    /// <param name="Picture">SHA-256 of the picture, or null.</param>
    /// <param name="Clip">SHA-256 of the clip as it is kept, or null while there is none.</param>
    /// <param name="Same">What else happened to the same person: from the entry to the exit.</param>
    /// <param name="IsOpen">True while this person was neither seen to leave nor confirmed to be safe.</param>
    /// <param name="Confirmed">The word of a named person that all is well, or null.</param>
    /// <param name="Alarm">Number of the alarm that it raised, if it raised one.</param>
    public sealed record Shown(
        ListCameraEvents.Row Event, Zone? Zone, int ZoneVersion, string? Worker, int? Allowed, double? Seconds, double? Score, string? Model, string? ModelHash, double? Threshold, bool? PermitsKept, Guid? Permit, string? Picture, string? Clip,
        IReadOnlyList<ListCameraEvents.Row> Same, bool IsOpen, Confirmation? Confirmed, long? Alarm);

    /// <param name="By">Who said so.</param>
    /// <param name="At">When.</param>
    /// <param name="Note">What was found.</param>
    public sealed record Confirmation(string? By, DateTimeOffset At, string Note);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/camera-events/{cameraEvent:guid}", (Guid cameraEvent, ShowCameraEvent slice, CancellationToken stop) => slice.RunAsync(cameraEvent, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Camera events").WithSummary("One event with all that is on record of it");

    /// <summary>Refused with <c>EventUnknown</c>.</summary>
    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await db.Events.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is not { } seen || find.Facts(seen.Camera.Value) is null || BodyOf(seen.Seq) is not { } body) return ReadPicture.Unknown(id);
        var zone = seen.Zone is { } number ? (await history.OfAsync(seen.Camera, seen.ZoneVersion, stop))?.Find(number) : null;
        var kept = await files.AllAsync(CameraFiles.Kind, [id], stop);
        var same = seen.Entry is { } entry ? await db.Events.AsNoTracking().Where(row => row.Entry == entry).OrderBy(row => row.Seq).Take(100).ToListAsync(stop) : [];
        var confirmed = seen.Entry is { } of ? await db.Confirmations.AsNoTracking().SingleOrDefaultAsync(row => row.Entry == of, stop) : null;
        var isOpen = seen.Entry is not null && !same.Exists(row => row.Kind == SightEventKind.Left) && confirmed is null;
        return new Shown(
            events.Read(seen), zone, seen.ZoneVersion, body.Worker, body.Allowed, body.Seconds, body.Score, body.Model, body.ModelHash, body.Threshold, body.PermitsKept, body.Permit, body.Picture, kept.Find(file => file.Part == CameraFiles.Clip)?.Hash,
            [.. same.Select(events.Read)], isOpen, confirmed is null ? null : new Confirmation(accounts.NameOf(confirmed.Account), confirmed.At, confirmed.Note), seen.Verdict == EntryVerdict.Intrusion || seen.Kind is SightEventKind.Vanished or SightEventKind.Down or SightEventKind.RushedIn ? seen.Seq : null);
    }

    private CameraEventBody? BodyOf(long seq) => log.Store.ReadBytes(seq) is { } bytes ? kinds.Read(LogEntry.Decode(seq, bytes)).Body as CameraEventBody : null;
}
