using Anlan.Cameras.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>The picture of an event, and its clip. Each is compared with its hash before anybody sees it, and who looked is on record: they show people.</summary>
internal sealed class ReadPicture(CamerasDb db, FindCamera find, Attachments files)
{
    /// <summary>Address of an event's picture.</summary>
    public static string AddressOf(Guid id) => $"/api/v1/camera-events/{id}/picture";

    /// <summary>Address of an event's clip.</summary>
    public static string ClipOf(Guid id) => $"/api/v1/camera-events/{id}/clip";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/camera-events/{cameraEvent:guid}/picture", (Guid cameraEvent, ReadPicture slice, HttpResponse response, CancellationToken stop) => OpenedFile.ToHttpAsync(slice.OpenAsync(cameraEvent, CameraFiles.Picture, stop), response))
            .RequirePermission(CamerasPermissions.View).ProducesFile(CameraFiles.PictureTerms).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Camera events")
            .WithSummary("The picture of an event, compared with its hash; the look is on record");
        api.MapGet("/camera-events/{cameraEvent:guid}/clip", (Guid cameraEvent, ReadPicture slice, HttpResponse response, CancellationToken stop) => slice.PlayAsync(cameraEvent, response, stop))
            .RequirePermission(CamerasPermissions.View).ProducesFile(CameraFiles.ClipTerms).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Camera events")
            .WithSummary("The clip of an event, compared with its hash; the look is on record");
    }

    /// <summary>Refused with <c>EventUnknown</c> and what the file store refuses.</summary>
    public async Task<Outcome<OpenedFile>> OpenAsync(Guid id, string part, CancellationToken stop)
    {
        if (await CameraOfAsync(id, stop) is not { } camera) return Unknown(id);
        if ((await files.AllAsync(CameraFiles.Kind, [id], stop)).Find(file => file.Part == part) is not { } file) return Attachments.Unknown;
        var opened = await files.OpenAsync(file, stop);
        if (!opened.IsDone) return opened;
        db.Context.Audit($"cameras.{part}.viewed", camera.Subject, new { cameraEvent = id, file.Hash });
        await db.Context.SaveAsync(stop);
        return opened;
    }

    // A player asks for parts; the whole was compared with its hash.
    private async Task<IResult> PlayAsync(Guid id, HttpResponse response, CancellationToken stop)
    {
        var opened = await OpenAsync(id, CameraFiles.Clip, stop);
        if (!opened.IsDone) return OutcomeResults.ToProblem(opened.Refusals);
        await using var file = opened.Value;
        var bytes = await file.ReadAsync(stop);
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(bytes, file.Type.Name, enableRangeProcessing: true);
    }

    private async Task<CameraFacts?> CameraOfAsync(Guid id, CancellationToken stop) =>
        await db.Events.AsNoTracking().Where(seen => seen.Id == id).Select(seen => (CameraId?)seen.Camera).SingleOrDefaultAsync(stop) is { } camera ? find.Facts(camera.Value) : null;

    public static Refusal Unknown(Guid id) => new("EventUnknown") { Measured = FactValue.Text(id.ToString()) };
}
