using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Work;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Registry;

/// <summary>Switches a camera's supervision off and on again, or takes the camera out of the register. While it is off its space is unprotected, and that is counted.</summary>
internal sealed class SwitchCamera(CamerasDb db, FindCamera find, SightDesk sights, TimeProvider clock)
{
    /// <param name="Reason">Why, 2 to 200 characters; not needed to switch it on.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cameras/{code}/pause", (string code, Request request, SwitchCamera slice, CancellationToken stop) => slice.PauseAsync(code, request.Reason, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Switch a camera's supervision off, with a reason; its time counts as unprotected");
        api.MapPost("/cameras/{code}/resume", (string code, SwitchCamera slice, CancellationToken stop) => slice.ResumeAsync(code, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Switch a camera's supervision on again");
        api.MapPost("/cameras/{code}/remove", (string code, Request request, SwitchCamera slice, CancellationToken stop) => slice.RemoveAsync(code, request.Reason, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Take a camera out of the register for good; what happened before it stays");
    }

    /// <summary>Refused with <c>CameraUnknown</c>, <c>CameraRemoved</c>, <c>CameraPausedAlready</c>, <c>ReasonInvalid</c>, <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> PauseAsync(string code, string? reason, CancellationToken stop)
    {
        if (ReasonFault(reason) is { } fault) return Outcome.Refused(fault);
        if (await find.RowAsync(code, stop) is not { } camera) return Outcome.Refused(FindCamera.Unknown(code));
        if (camera.RemovedReason is not null) return Outcome.Refused("CameraRemoved");
        if (camera.PausedReason is not null) return Outcome.Refused("CameraPausedAlready");
        (camera.PausedReason, camera.PausedAt) = (reason!.Trim(), clock.GetUtcNow());
        db.Context.Audit("cameras.camera.paused", CameraFacts.SubjectOf(camera.Id.Value), new { reason = camera.PausedReason });
        if (!await db.Context.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        await sights.SayAsync(camera.Id, SightState.Paused, stop);
        return Outcome.Done;
    }

    /// <summary>Refused with <c>CameraUnknown</c>, <c>CameraRemoved</c>, <c>CameraNotPaused</c>, <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> ResumeAsync(string code, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } camera) return Outcome.Refused(FindCamera.Unknown(code));
        if (camera.RemovedReason is not null) return Outcome.Refused("CameraRemoved");
        if (camera.PausedReason is null) return Outcome.Refused("CameraNotPaused");
        (camera.PausedReason, camera.PausedAt) = (null, null);
        db.Context.Audit("cameras.camera.resumed", CameraFacts.SubjectOf(camera.Id.Value), new { });
        if (!await db.Context.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        await sights.SayAsync(camera.Id, SightState.Unwatched, stop);
        return Outcome.Done;
    }

    /// <summary>Refused with <c>CameraUnknown</c>, <c>CameraRemoved</c>, <c>ReasonInvalid</c>, <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RemoveAsync(string code, string? reason, CancellationToken stop)
    {
        if (ReasonFault(reason) is { } fault) return Outcome.Refused(fault);
        if (await find.RowAsync(code, stop) is not { } camera) return Outcome.Refused(FindCamera.Unknown(code));
        if (camera.RemovedReason is not null) return Outcome.Refused("CameraRemoved");
        camera.RemovedReason = reason!.Trim();
        db.Context.Audit("cameras.camera.removed", CameraFacts.SubjectOf(camera.Id.Value), new { reason = camera.RemovedReason });
        if (!await db.Context.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        await sights.SayAsync(camera.Id, SightState.Paused, stop);
        return Outcome.Done;
    }

    private static Refusal? ReasonFault(string? reason) =>
        reason?.Trim().Length is >= 2 and <= Camera.LongestReason ? null : Refusal.OfField("reason", "ReasonInvalid") with { Measured = FactValue.Count(reason?.Trim().Length ?? 0), Limit = FactValue.Count(Camera.LongestReason) };
}
