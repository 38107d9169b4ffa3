using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Work;

/// <summary>Takes the clip of an event: ten seconds before it and twenty after.</summary>
internal sealed class TakeClip(CamerasDb db, FindCamera find, Attachments files, HotLog log, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/camera-work/{camera:guid}/clips/{cameraEvent:guid}", async (Guid camera, Guid cameraEvent, HttpRequest request, TakeClip slice, CancellationToken stop) =>
                await slice.RunAsync(camera, cameraEvent, Taken(request), request.Body, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Work).AcceptsFile(CameraFiles.ClipTerms).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Camera work").WithSummary("A worker delivers the clip of an event");

    /// <summary>Refused with <c>CameraUnknown</c>, <c>EventUnknown</c> and what the file store refuses.</summary>
    public async Task<Outcome> RunAsync(Guid camera, Guid id, DateTimeOffset? from, Stream content, CancellationToken stop)
    {
        if (find.Facts(camera) is not { } facts) return Outcome.Refused(FindCamera.Unknown(camera.ToString()));
        if (!await IsKnownAsync(facts, id, stop)) return Outcome.Refused(new Refusal("EventUnknown") { Measured = FactValue.Text(id.ToString()) });
        if ((await files.AllAsync(CameraFiles.Kind, [id], stop)).Exists(file => file.Part == CameraFiles.Clip)) return Outcome.Done;
        var added = await files.AddAsync(CameraFiles.OwnerOf(id, facts), CameraFiles.Clip, content, CameraFiles.ClipTerms, stop);
        if (!added.IsDone) return Outcome.Refused(added.Refusals);
        await db.Context.SaveAsync(stop);
        var body = new CameraClipBody(camera, id, added.Value.Hash, added.Value.Size, from);
        await log.AppendAsync(CameraClipBody.LogKind.Draft(facts.Subject, clock.GetUtcNow(), body) with { Once = $"camera.clip/{id:N}" }, stop);
        return Outcome.Done;
    }

    // The read table trails the log by a moment; a clip comes twenty seconds after its event at the earliest, and is tried again.
    private Task<bool> IsKnownAsync(CameraFacts camera, Guid id, CancellationToken stop) => db.Events.AnyAsync(seen => seen.Id == id && seen.Camera == camera.Id, stop);

    private static DateTimeOffset? Taken(HttpRequest request) =>
        DateTimeOffset.TryParse(request.Headers[WorkRoutes.TakenHeader], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;
}
