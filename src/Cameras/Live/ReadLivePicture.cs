using System.Globalization;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Live;

/// <summary>The next live picture of a camera. A page asks for one after the other; its headers say when it was taken, how old it is by the server's clock, and who is in it.</summary>
internal sealed class ReadLivePicture(FindCamera find, LiveDesk live, TimeProvider clock)
{
    /// <summary>Header: number of the picture, to be sent as <c>after</c> with the next question.</summary>
    public const string NumberHeader = "Anlan-Picture";

    /// <summary>Header: milliseconds since it was taken.</summary>
    public const string AgeHeader = "Anlan-Age-Ms";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(4);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cameras/{code}/live", async (string code, long? after, ReadLivePicture slice, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "no-store";
                var found = await slice.RunAsync(code, after ?? 0, stop);
                if (!found.IsDone) return OutcomeResults.ToProblem(found.Refusals);
                if (found.Value is not { } shown) return Results.NoContent();
                response.Headers[NumberHeader] = shown.Number.ToString(CultureInfo.InvariantCulture);
                response.Headers[AgeHeader] = slice.AgeOf(shown);
                response.Headers[WorkRoutes.TakenHeader] = shown.TakenAt.ToString("O", CultureInfo.InvariantCulture);
                response.Headers[WorkRoutes.PeopleHeader] = shown.People;
                return Results.Bytes(shown.Jpeg, "image/jpeg");
            })
            .RequirePermission(CamerasPermissions.View).Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Cameras")
            .WithSummary("The first live picture after a number, or the last there was; 204 when there is none");

    /// <summary>Refused with <c>CameraUnknown</c>; null when no picture came.</summary>
    public async Task<Outcome<LivePicture?>> RunAsync(string code, long after, CancellationToken stop) =>
        find.Facts(code) is { } camera ? Outcome<LivePicture?>.Of(await live.AfterAsync(camera.Id, after, Wait, clock, stop)) : FindCamera.Unknown(code);

    private string AgeOf(LivePicture picture) => ((long)(clock.GetUtcNow() - picture.TakenAt).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
