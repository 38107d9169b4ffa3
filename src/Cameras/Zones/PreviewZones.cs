using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Zones;

/// <summary>What zones that are only being drawn would have found within the last hour, beside what those in force did.</summary>
internal sealed class PreviewZones(FindCamera find, ZoneIndex index, SeenHour hour, CityCalendar calendar)
{
    /// <param name="At">When.</param>
    /// <param name="Zone">Number of the zone.</param>
    /// <param name="Persons">How many were in it.</param>
    public sealed record Entry(DateTimeOffset At, int Zone, int Persons);

    /// <param name="Since">From when on there are records.</param>
    /// <param name="Pictures">How many pictures with people there are.</param>
    /// <param name="InForce">Entries that the zones in force find.</param>
    /// <param name="Drawn">Entries that the drawn ones find.</param>
    public sealed record Preview(DateTimeOffset Since, int Pictures, IReadOnlyList<Entry> InForce, IReadOnlyList<Entry> Drawn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cameras/{code}/zones/preview", (string code, IReadOnlyList<Zone> zones, PreviewZones slice) => Task.FromResult(slice.Run(code, zones)).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces<Preview>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Cameras")
            .WithSummary("What drawn zones would have found within the last hour");

    /// <summary>Refused with <c>CameraUnknown</c> and as <see cref="DrawZones"/>.</summary>
    public Outcome<Preview> Run(string code, IReadOnlyList<Zone> zones)
    {
        if (find.Facts(code) is not { } camera) return FindCamera.Unknown(code);
        if (!DrawZones.IsWhole(zones)) return Refusal.OfField("zones", "ZoneMissing");
        var drawn = new ZoneSet(index.Of(camera.Id).Version + 1, zones);
        if (ZoneCheck.Problems(drawn) is { Count: > 0 } problems) return Outcome<Preview>.Refused([.. problems.Select(DrawZones.Say)]);
        var pictures = hour.Of(camera.Id);
        return new Preview(hour.Since, pictures.Count, Find(pictures, index.Of(camera.Id), camera), Find(pictures, drawn, camera));
    }

    private List<Entry> Find(IReadOnlyList<RecordedPicture> pictures, ZoneSet zones, CameraFacts camera) =>
        [.. ZoneReplay.Entries(pictures, zones, camera.Hours, calendar.Zone).Select(entered => new Entry(entered.At, entered.Zone ?? 0, entered.Persons))];
}
