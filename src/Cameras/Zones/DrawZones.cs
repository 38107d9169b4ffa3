using System.Globalization;
using System.Text.Json;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Zones;

/// <summary>Draws a camera's zones anew: a version of its own, in force at once; the ones before stay on record.</summary>
internal sealed class DrawZones(CamerasDb db, FindCamera find, ZoneIndex index, CurrentActor current, TimeProvider clock)
{
    /// <param name="Seen">Version that was drawn upon; a newer one is not overwritten.</param>
    /// <param name="Zones">All zones of the camera.</param>
    internal sealed record Request(int Seen, IReadOnlyList<Zone>? Zones);

    /// <param name="Version">The version in force now.</param>
    public sealed record Drawn(int Version);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/cameras/{code}/zones", (string code, Request request, DrawZones slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces<Drawn>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Draw a camera's zones anew");

    /// <summary>Refused with <c>CameraUnknown</c>, <c>CameraRemoved</c>, <c>ChangedMeanwhile</c>, and by field <c>zones.NUMBER.FIELD</c> with what <see cref="ZoneCheck"/> finds.</summary>
    public async Task<Outcome<Drawn>> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (find.Facts(code) is not { } camera) return FindCamera.Unknown(code);
        if (camera.IsRemoved) return new Refusal("CameraRemoved");
        var before = index.Of(camera.Id);
        if (request.Seen != before.Version) return new Refusal("ChangedMeanwhile");
        if (!IsWhole(request.Zones ?? [])) return Refusal.OfField("zones", "ZoneMissing");
        var wanted = new ZoneSet(before.Version + 1, [.. (request.Zones ?? []).OrderBy(zone => zone.Number)]);
        if (ZoneCheck.Problems(wanted) is { Count: > 0 } problems) return Outcome<Drawn>.Refused([.. problems.Select(Say)]);
        db.Zones.Add(new DrawnZones { Camera = camera.Id, Version = wanted.Version, Zones = JsonSerializer.Serialize(wanted.Zones, ZoneJson.Default.IReadOnlyListZone), DrawnAt = clock.GetUtcNow(), DrawnBy = current.Actor.Account });
        db.Context.Audit("cameras.zones.drawn", camera.Subject, new { wanted.Version, wanted.Zones });
        return await db.Context.TrySaveAsync(stop) ? new Drawn(wanted.Version) : new Refusal("ChangedMeanwhile");
    }

    /// <summary>False when something is missing without which nothing can be judged.</summary>
    internal static bool IsWhole(IReadOnlyList<Zone> zones) => zones.All(zone => zone is { Name: not null, Corners: not null, Hours: not null } && zone.Hours.All(span => span?.Days is not null));

    internal static Refusal Say(ZoneProblem problem) => Refusal.OfField(problem.Zone is { } number ? string.Create(CultureInfo.InvariantCulture, $"zones.{number}.{problem.Field}") : problem.Field, "Zone" + string.Concat(problem.Problem.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
