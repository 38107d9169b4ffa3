using System.Security.Cryptography;
using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Work;

/// <summary>
/// Takes what a worker saw, in order and each event once: its picture is kept first, then its entry is durable in the log, and only then it is answered as taken. Whether somebody may be where he is
/// is asked here, at this moment: the worker knows no permits.
/// </summary>
internal sealed partial class TakeEvents(CamerasDb db, FindCamera find, ZoneHistory history, ISpaces spaces, IEntryPermits permits, Attachments files, HotLog log, TimeProvider clock, ILogger<TakeEvents> logger)
{
    private const int MostPeople = 200;
    private const int LongestModel = 120;
    private const int MostBody = 32 * 1_048_576;
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/camera-work/events", (EventDelivery delivery, TakeEvents slice, CancellationToken stop) => slice.RunAsync(delivery, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Work).WithMetadata(new RequestSizeLimitAttribute(MostBody)).Produces<DeliveryAnswer>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Camera work")
            .WithSummary("A worker delivers what it saw; what is delivered again counts once");

    /// <summary>Refused by field with <c>WorkerInvalid</c> and <c>DeliveryTooLong</c>; single events in the answer.</summary>
    public async Task<Outcome<DeliveryAnswer>> RunAsync(EventDelivery delivery, CancellationToken stop)
    {
        if (delivery.Worker?.Trim() is not { Length: > 0 and <= CameraLease.LongestWorker } worker || worker.Any(char.IsControl)) return Refusal.OfField("worker", "WorkerInvalid");
        if (delivery.Events is null || delivery.Events.Any(seen => seen?.People is null)) return Refusal.OfField("events", "WorkerInvalid");
        if (delivery.Events.Count > EventDelivery.Most) return Refusal.OfField("events", "DeliveryTooLong") with { Measured = FactValue.Count(delivery.Events.Count), Limit = FactValue.Count(EventDelivery.Most) };
        var (taken, refused) = (new List<Guid>(), new Dictionary<Guid, string>());
        foreach (var seen in delivery.Events)
        {
            if (find.Facts(seen.Camera) is not { } camera) refused[seen.Id] = "CameraUnknown";
            else if (FaultOf(seen) is { } fault) refused[seen.Id] = fault;
            else if (await TakeAsync(seen, camera, worker, stop) is { } kept) refused[seen.Id] = kept.Code;
            else taken.Add(seen.Id);
        }

        return new DeliveryAnswer(taken, refused);
    }

    // A clock that runs ahead must not put events into the future: no list would end with what happened last.
    private string? FaultOf(SightEvent seen) => seen switch
    {
        { Kind: SightEventKind.Sight, State: null or SightState.Unwatched or SightState.Paused } => "EventStateInvalid",
        { Kind: not SightEventKind.Sight, Zone: null } => "EventZoneMissing",
        { People.Count: > MostPeople } or { Persons: < 0 or > MostPeople } => "EventPeopleInvalid",
        { Model.Length: > LongestModel } or { ModelHash.Length: > 64 } => "EventModelInvalid",
        { Picture.Length: > CameraFiles.MostPicture } or { BlurredPicture.Length: > CameraFiles.MostPicture } => "FileTooLarge",
        _ when !Enum.IsDefined(seen.Kind) => "EventKindInvalid",
        _ when seen.At > clock.GetUtcNow() + FurthestAhead => "EventInFuture",
        _ => null,
    };

    private async Task<Refusal?> TakeAsync(SightEvent seen, CameraFacts camera, string worker, CancellationToken stop)
    {
        var picture = await KeepAsync(seen, seen.Picture, CameraFiles.Picture, camera, stop);
        if (!picture.IsDone) return picture.Refusals[0];
        var blurred = await KeepAsync(seen, seen.BlurredPicture, CameraFiles.BlurredPicture, camera, stop);
        if (!blurred.IsDone) return blurred.Refusals[0];
        var zone = seen.Zone is { } number ? (await history.OfAsync(camera.Id, seen.ZoneVersion, stop))?.Find(number) : null;
        var (verdict, permit, allowed) = await JudgeAsync(seen, zone, camera, stop);
        var body = new CameraEventBody(seen.Id, seen.Camera, seen.Kind, seen.At, worker, seen.ZoneVersion)
        {
            Zone = seen.Zone,
            Entry = seen.Entry,
            Track = seen.Track,
            Persons = seen.Persons,
            Allowed = allowed,
            Seconds = seen.Seconds,
            Score = seen.Score,
            State = seen.State,
            Verdict = verdict,
            PermitsKept = permit?.IsKept,
            Permit = permit?.Permit?.Id,
            People = seen.People.Count > 0 ? seen.People : null,
            Model = seen.Model,
            ModelHash = seen.ModelHash,
            Threshold = seen.Threshold,
            Picture = picture.Value ? HashOf(seen.Picture) : null,
            Blurred = blurred.Value ? HashOf(seen.BlurredPicture) : null,
            HasClip = seen.HasClip,
        };
        await log.AppendAsync(body.Draft(clock.GetUtcNow()), stop);
        return null;
    }

    private async Task<(EntryVerdict? Verdict, EntryPermitAnswer? Permit, int? Allowed)> JudgeAsync(SightEvent seen, Zone? zone, CameraFacts camera, CancellationToken stop) => seen.Kind switch
    {
        SightEventKind.Entered when zone?.Kind == ZoneKind.PermitEntry && spaces.Find(camera.Space) is not null => Judge(await permits.FindActiveAsync(camera.Space, seen.At, stop), seen.Persons),
        // Into an exclusion zone no permit leads, nor into a zone that is not known.
        SightEventKind.Entered => (EntryVerdict.Intrusion, null, 0),
        SightEventKind.Crowd => (null, null, zone?.MostPersons),
        SightEventKind.Loitering => (null, null, zone?.LoiteringSeconds),
        _ => (null, null, null),
    };

    private static (EntryVerdict?, EntryPermitAnswer, int) Judge(EntryPermitAnswer permit, int persons)
    {
        var allowed = permit.Permit?.Entrants ?? 0;
        return (persons <= allowed ? EntryVerdict.Permitted : EntryVerdict.Intrusion, permit, allowed);
    }

    // True when the picture is kept. Delivered again after a lost answer it is there already; where no file can be kept just now the alarm does not wait for it and says that its picture is missing.
    private async Task<Outcome<bool>> KeepAsync(SightEvent seen, byte[]? picture, string part, CameraFacts camera, CancellationToken stop)
    {
        if (picture is not { Length: > 0 } bytes) return false;
        if ((await files.AllAsync(CameraFiles.Kind, [seen.Id], stop)).Exists(file => file.Part == part)) return true;
        using var content = new MemoryStream(bytes, writable: false);
        var added = await files.AddAsync(CameraFiles.OwnerOf(seen.Id, camera), part, content, CameraFiles.PictureTerms, stop);
        if (!added.IsDone && added.Refusals[0].Code == "FilesAway")
        {
            LogWithoutPicture(seen.Id, seen.Camera);
            return false;
        }

        if (!added.IsDone) return Outcome<bool>.Refused(added.Refusals);
        await db.Context.SaveAsync(stop);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The picture of event {Happened}, camera {Camera}, could not be kept; the event is on record without it")]
    private partial void LogWithoutPicture(Guid happened, Guid camera);

    private static string? HashOf(byte[]? picture) => picture is { Length: > 0 } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : null;
}
