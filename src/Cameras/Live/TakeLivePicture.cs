using System.Text.Json;
using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Live;

/// <summary>Takes a live picture from a worker; it is kept until the next one and never written down.</summary>
internal sealed class TakeLivePicture(FindCamera find, LiveDesk live, TimeProvider clock)
{
    private const int LongestPeople = 16_384;
    private static readonly FileTerms Terms = new(CameraFiles.MostPicture, IsSealed: false, MediaType.Jpeg);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/camera-work/{camera:guid}/live", (Guid camera, HttpRequest request, TakeLivePicture slice, CancellationToken stop) =>
                slice.RunAsync(camera, request.Headers[WorkRoutes.TakenHeader], request.Headers[WorkRoutes.PeopleHeader], request.Body, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Work).AcceptsFile(Terms).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Camera work").WithSummary("A worker sends a live picture of a camera at which somebody looks");

    /// <summary>Refused with <c>CameraUnknown</c>, <c>FileTooLarge</c>, <c>FileTypeRefused</c>, and by field <c>people</c> with <c>EventPeopleInvalid</c>.</summary>
    public async Task<Outcome> RunAsync(Guid camera, string? taken, string? people, Stream content, CancellationToken stop)
    {
        if (find.Facts(camera) is not { } facts) return Outcome.Refused(FindCamera.Unknown(camera.ToString()));
        if (!IsPeople(people)) return Outcome.Refused(Refusal.OfField("people", "EventPeopleInvalid"));
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, stop);
        if (memory.Length > Terms.Most) return Outcome.Refused(FileStore.TooLarge(memory.Length, Terms));
        var bytes = memory.ToArray();
        if (MediaType.Of(bytes) != MediaType.Jpeg) return Outcome.Refused(Refusal.OfField("file", "FileTypeRefused"));
        var now = clock.GetUtcNow();
        var at = DateTimeOffset.TryParse(taken, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var told) && told < now ? told.ToUniversalTime() : now;
        live.Put(facts.Id, at, bytes, people ?? "[]");
        return Outcome.Done;
    }

    private static bool IsPeople(string? people)
    {
        if (string.IsNullOrEmpty(people)) return true;
        if (people.Length > LongestPeople) return false;
        try
        {
            return JsonSerializer.Deserialize(people, WireJson.Default.IReadOnlyListSeenPerson) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
