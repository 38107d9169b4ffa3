using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Registry;

/// <summary>Corrects what was declared of a camera; its worker hears of it within two seconds.</summary>
internal sealed class EditCamera(CamerasDb db, FindCamera find, CameraFields fields, PersonalFields seals)
{
    internal sealed record Request : CameraDeclaration
    {
        /// <summary>Version that the editor saw; a newer one is not overwritten. Left out: not checked.</summary>
        public int? Version { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/cameras/{code}", (string code, Request request, EditCamera slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Edit a camera");

    /// <summary>Refused by field as <see cref="CameraFields"/> does, and with <c>CameraUnknown</c>, <c>CameraRemoved</c>, <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } camera) return Outcome.Refused(FindCamera.Unknown(code));
        if (camera.RemovedReason is not null) return Outcome.Refused("CameraRemoved");
        if (request.Version is { } seen && seen != camera.Version) return Outcome.Refused("ChangedMeanwhile");
        var declared = fields.Read(request, camera);
        if (!declared.IsDone) return Outcome.Refused(declared.Refusals);

        var after = declared.Value;
        (camera.Name, camera.Space, camera.Enterprise, camera.Division, camera.Hours, camera.SignText) = (after.Name, after.Space.Id, after.Space.Enterprise, after.Space.Division, after.Hours, after.SignText);
        if (after.Address is { } address) (camera.Address, camera.AddressShown) = (Camera.Sealing.Seal(seals, camera, "address", address.Written), address.Display);
        db.Context.Audit("cameras.camera.edited", CameraFacts.SubjectOf(camera.Id.Value), new { camera.Name, space = camera.Space.Value, address = after.Address is null ? null : camera.AddressShown, camera.Hours });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
