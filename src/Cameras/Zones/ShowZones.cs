using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Zones;

/// <summary>A camera's zones, those in force or an earlier version, and when each version was drawn.</summary>
internal sealed class ShowZones(CamerasDb db, FindCamera find, ZoneHistory history, ZoneIndex index, IAccountNames accounts)
{
    private const int MostVersions = 50;

    /// <param name="Version">The version that is shown; 0 = nothing was drawn yet.</param>
    /// <param name="InForce">The version in force.</param>
    /// <param name="Zones">Its zones.</param>
    /// <param name="Versions">The newest versions, newest first.</param>
    public sealed record Shown(int Version, int InForce, IReadOnlyList<Zone> Zones, IReadOnlyList<DrawnVersion> Versions);

    /// <param name="Version">Version.</param>
    /// <param name="DrawnAt">When it was drawn.</param>
    /// <param name="DrawnBy">By whom, or null.</param>
    public sealed record DrawnVersion(int Version, DateTimeOffset DrawnAt, string? DrawnBy);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cameras/{code}/zones", (string code, int? version, ShowZones slice, CancellationToken stop) => slice.RunAsync(code, version, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("A camera's zones, those in force or an earlier version");

    /// <summary>Refused with <c>CameraUnknown</c>, <c>ZonesUnknown</c>.</summary>
    public async Task<Outcome<Shown>> RunAsync(string code, int? version, CancellationToken stop)
    {
        if (find.Facts(code) is not { } camera) return FindCamera.Unknown(code);
        var inForce = index.Of(camera.Id);
        var shown = version is { } wanted ? await history.OfAsync(camera.Id, wanted, stop) : inForce;
        if (shown is null) return new Refusal("ZonesUnknown") { Measured = FactValue.Count(version ?? 0), Limit = FactValue.Count(inForce.Version) };
        var versions = await db.Zones.AsNoTracking().Where(drawn => drawn.Camera == camera.Id).OrderByDescending(drawn => drawn.Version).Take(MostVersions).Select(drawn => new { drawn.Version, drawn.DrawnAt, drawn.DrawnBy }).ToListAsync(stop);
        return new Shown(shown.Version, inForce.Version, shown.Zones, [.. versions.Select(drawn => new DrawnVersion(drawn.Version, drawn.DrawnAt, accounts.NameOf(drawn.DrawnBy)))]);
    }
}
