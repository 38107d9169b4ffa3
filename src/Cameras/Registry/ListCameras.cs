using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Work;
using Anlan.Cameras.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Cameras.Registry;

/// <summary>A camera as lists show it.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Code">Its number.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Space">The space at which it looks.</param>
/// <param name="SpaceCode">Number of the space, or null when it is unknown.</param>
/// <param name="SpaceName">Name of the space.</param>
/// <param name="Enterprise">Whose.</param>
/// <param name="EnterpriseName">Its name.</param>
/// <param name="Division">Where.</param>
/// <param name="DivisionName">Its name.</param>
/// <param name="State">Whether it sees.</param>
/// <param name="Since">Since when.</param>
/// <param name="ZoneVersion">Version of its zones; 0 = nothing is drawn: nobody who goes in is told of.</param>
/// <param name="Zones">How many zones.</param>
/// <param name="Rate">Pictures a second that are looked at, or null.</param>
/// <param name="WantedRate">Pictures a second that should be looked at, or null.</param>
/// <param name="IsRemoved">True when it is gone.</param>
/// <param name="Drawn">Its zones.</param>
internal sealed record CameraRow(
    Guid Id, string Code, string Name, Guid Space, string? SpaceCode, string? SpaceName, Guid Enterprise, string? EnterpriseName, string Division, string? DivisionName, SightState State, DateTimeOffset Since, int ZoneVersion, int Zones, double? Rate, double? WantedRate, bool IsRemoved, IReadOnlyList<Zone> Drawn);

/// <summary>Puts what is known now beside the declared facts.</summary>
internal sealed class CameraRows(SightStates states, LeaseDesk desk, ZoneIndex zones, ISpaces spaces, IEnterprises enterprises, IDivisions divisions)
{
    public CameraRow Of(CameraFacts camera)
    {
        var (state, since) = states.Of(camera);
        var (space, drawn, report) = (spaces.Find(camera.Space), zones.Of(camera.Id), desk.StatusOf(camera.Id)?.Report);
        return new CameraRow(
            camera.Id.Value, camera.Code, camera.Name, camera.Space.Value, space?.Code, space?.Name, camera.Enterprise.Value, enterprises.Find(camera.Enterprise)?.Name, camera.Division.Value, divisions.Find(camera.Division)?.Name,
            state, since, drawn.Version, drawn.Zones.Count, report?.Rate, report?.WantedRate, camera.IsRemoved, drawn.Zones);
    }
}

/// <summary>Cameras within scope with what they see, from memory; those that are gone only when asked for.</summary>
internal sealed class ListCameras(CameraIndex index, CameraRows rows, CurrentScope scope, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cameras", (string? search, string? state, string? division, Guid? enterprise, Guid? space, string? sort, ListCameras slice, int page = 1, int size = 20) => EnumQuery.TryRead<SightState>(state, out var wanted)
                ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), wanted, division, enterprise, space))
                : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(CamerasPermissions.View).Produces<Page<CameraRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("List cameras; search by number, name, space or enterprise; of a state, an area, an enterprise, a space");
        api.MapGet("/cameras/export", (string? search, string? state, string? division, Guid? enterprise, Guid? space, string? sort, ListCameras slice, CancellationToken stop) => EnumQuery.TryRead<SightState>(state, out var wanted)
                ? slice.ExportAsync(search, wanted, division, enterprise, space, sort, stop)
                : Task.FromResult(EnumQuery.NoSuchWord("state", state)))
            .RequirePermission(CamerasPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Export the cameras");
    }

    /// <summary>Sort keys: <c>code</c> (default), <c>name</c>, <c>enterprise</c>, <c>state</c>, <c>since</c>.</summary>
    public Page<CameraRow> Run(PageRequest request, SightState? state = null, string? division = null, Guid? enterprise = null, Guid? space = null)
    {
        var found = Find(request.Term, division, enterprise, space);
        if (state is { } wanted) found = found.Where(row => row.State == wanted);
        var sorted = Sort(found, request.Sort).ToList();
        return new Page<CameraRow>([.. sorted.Skip(request.Skip).Take(request.Take)], sorted.Count);
    }

    /// <summary>How many are in each state, for the filter above the list.</summary>
    public IReadOnlyDictionary<SightState, int> Count(string? search, string? division) => Find(new PageRequest(Search: search).Term, division, null, null).CountBy(row => row.State).ToDictionary();

    private Task<IResult> ExportAsync(string? search, SightState? state, string? division, Guid? enterprise, Guid? space, string? sort, CancellationToken stop) =>
        file.OfAsync("cameras", "cameras.exported", page => Task.FromResult(Run(page with { Search = search, Sort = sort }, state, division, enterprise, space)), stop,
            (words["Camera.Code"], row => row.Code), (words["Camera.Name"], row => row.Name), (words["Camera.Space"], row => row.SpaceName), (words["Camera.Enterprise"], row => row.EnterpriseName), (words["Camera.Division"], row => row.DivisionName),
            (words["Camera.State"], row => words["Sight." + row.State].Value), (words["Camera.Since"], row => row.Since), (words["Camera.Zones"], row => row.Zones));

    private IEnumerable<CameraRow> Find(string? term, string? division, Guid? enterprise, Guid? space)
    {
        var found = index.Within(scope.Now).Where(camera => !camera.IsRemoved);
        if (!string.IsNullOrEmpty(division)) found = found.Where(camera => camera.Division.IsWithin(new DivisionCode(division)));
        if (enterprise is { } owner) found = found.Where(camera => camera.Enterprise.Value == owner);
        if (space is { } one) found = found.Where(camera => camera.Space.Value == one);
        var shown = found.Select(rows.Of);
        return term is null ? shown : shown.Where(row => Array.Exists([row.Code, row.Name, row.SpaceName, row.SpaceCode, row.EnterpriseName], text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
    }

    private static IEnumerable<CameraRow> Sort(IEnumerable<CameraRow> found, string? sort)
    {
        Func<CameraRow, IComparable?> key = sort?.TrimStart('-') switch
        {
            "name" => row => row.Name,
            "enterprise" => row => row.EnterpriseName,
            "state" => row => row.State,
            "since" => row => row.Since,
            _ => row => row.Code,
        };
        return (sort?.StartsWith('-') == true ? found.OrderByDescending(key) : found.OrderBy(key)).ThenBy(row => row.Code, StringComparer.Ordinal);
    }
}
