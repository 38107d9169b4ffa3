using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>A named person says that whoever vanished or lay in a zone is safe, or was nobody. The only way besides a seen exit in which such an entry ends.</summary>
internal sealed class ConfirmEntry(CamerasDb db, FindCamera find, HotLog log, CurrentActor current, TimeProvider clock)
{
    public const int LongestNote = 200;

    /// <param name="Note">What was found, 2 to 200 characters.</param>
    internal sealed record Request(string? Note);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/camera-events/{cameraEvent:guid}/confirm", (Guid cameraEvent, Request request, ConfirmEntry slice, CancellationToken stop) => slice.RunAsync(cameraEvent, request.Note, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Confirm).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Camera events").WithSummary("Say that the person of an event is safe");

    /// <summary>Refused with <c>EventUnknown</c>, <c>EntryNone</c>, <c>EntryOver</c>, and by field <c>note</c> with <c>NoteInvalid</c>.</summary>
    public async Task<Outcome> RunAsync(Guid id, string? note, CancellationToken stop)
    {
        if (note?.Trim() is not { Length: >= 2 and <= LongestNote } said || said.Any(char.IsControl)) return Outcome.Refused(Refusal.OfField("note", "NoteInvalid") with { Measured = FactValue.Count(note?.Trim().Length ?? 0), Limit = FactValue.Count(LongestNote) });
        if (await db.Events.AsNoTracking().SingleOrDefaultAsync(seen => seen.Id == id, stop) is not { } known || find.Facts(known.Camera.Value) is not { } camera) return Outcome.Refused(ReadPicture.Unknown(id));
        if (known.Entry is not { } entry) return Outcome.Refused("EntryNone");
        if (await db.Events.AnyAsync(seen => seen.Entry == entry && seen.Kind == SightEventKind.Left, stop)) return Outcome.Refused("EntryOver");
        var body = new EntryConfirmedBody(camera.Id.Value, entry, current.Actor.Account, current.Actor.OnBehalfOf, said);
        var result = await log.AppendAsync(EntryConfirmedBody.LogKind.Draft(camera.Subject, clock.GetUtcNow(), body) with { Once = $"camera.confirmed/{entry:N}" }, stop);
        return result.IsAppended ? Outcome.Done : Outcome.Refused("EntryOver");
    }
}
