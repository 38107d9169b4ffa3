using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Cameras.Events;

/// <summary>Which events a list shows.</summary>
/// <param name="Search">Part of a camera's number, name or space.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="Day">Only of this day, by the city's clock.</param>
/// <param name="Division">Only within this division.</param>
/// <param name="Enterprise">Only of this enterprise.</param>
/// <param name="Review">Only those that nobody judged yet (false) or that somebody did (true).</param>
internal sealed record EventFilter(string? Search = null, SightEventKind? Kind = null, DateOnly? Day = null, string? Division = null, Guid? Enterprise = null, bool? Review = null);

/// <summary>What happened before the cameras within scope, newest first.</summary>
internal sealed class ListCameraEvents(CamerasDb db, CameraIndex cameras, ISpaces spaces, IEnterprises enterprises, CurrentScope scope, CityCalendar calendar, ListFile file, IStringLocalizer<Words> words)
{
    /// <summary>What people judge.</summary>
    internal static readonly SightEventKind[] Judged = [SightEventKind.Entered, SightEventKind.Vanished, SightEventKind.Down, SightEventKind.RushedIn, SightEventKind.Crowd, SightEventKind.Loitering, SightEventKind.PostEmpty];

    /// <param name="Id">The event.</param>
    /// <param name="Position">Position in the log.</param>
    /// <param name="Camera">Number of the camera.</param>
    /// <param name="CameraName">What people call it.</param>
    /// <param name="SpaceName">The space at which it looks.</param>
    /// <param name="EnterpriseName">Whose.</param>
    /// <param name="Kind">What.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="HeardAt">When the server heard of it.</param>
    /// <param name="Zone">Number of the zone, or null.</param>
    /// <param name="Persons">How many people were in it.</param>
    /// <param name="State">Of a change of sight: whether it sees.</param>
    /// <param name="Verdict">Of an entry: what is thought of it.</param>
    /// <param name="HasPicture">True when there is a picture.</param>
    /// <param name="HasClip">True when there is a clip, or one comes.</param>
    /// <param name="WasTrue">What people said: null = nothing yet.</param>
    public sealed record Row(
        Guid Id, long Position, string Camera, string CameraName, string? SpaceName, string? EnterpriseName, SightEventKind Kind, DateTimeOffset At, DateTimeOffset HeardAt, int? Zone, int Persons, SightState? State, EntryVerdict? Verdict,
        bool HasPicture, bool HasClip, bool? WasTrue);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/camera-events", (string? search, string? kind, DateOnly? day, string? division, Guid? enterprise, bool? review, ListCameraEvents slice, CancellationToken stop, int page = 1, int size = 20) =>
                Read(search, kind, day, division, enterprise, review) is { } filter ? slice.AnswerAsync(new PageRequest(page, size), filter, stop) : Task.FromResult(EnumQuery.NoSuchWord("kind", kind)))
            .RequirePermission(CamerasPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Camera events").WithSummary("What happened before cameras, newest first; by camera, kind, day, area, enterprise, judged or not");
        api.MapGet("/camera-events/export", (string? search, string? kind, DateOnly? day, string? division, Guid? enterprise, bool? review, ListCameraEvents slice, CancellationToken stop) =>
                Read(search, kind, day, division, enterprise, review) is { } filter ? slice.ExportAsync(filter, stop) : Task.FromResult(EnumQuery.NoSuchWord("kind", kind)))
            .RequirePermission(CamerasPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Camera events").WithSummary("Export what happened before cameras");
    }

    public async Task<Page<Row>> RunAsync(PageRequest request, EventFilter filter, CancellationToken stop)
    {
        var query = Matching(filter);
        var total = await query.CountAsync(stop);
        var rows = await query.OrderByDescending(seen => seen.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    /// <summary>Of one camera between two moments, the oldest first, for a timeline.</summary>
    public async Task<IReadOnlyList<Row>> OfAsync(CameraId camera, DateTimeOffset from, DateTimeOffset before, CancellationToken stop) =>
        [.. (await db.Events.AsNoTracking().Within(scope.Now).Where(seen => seen.Camera == camera && seen.At >= from && seen.At < before).OrderBy(seen => seen.At).ThenBy(seen => seen.Seq).Take(2_000).ToListAsync(stop)).Select(Read)];

    private async Task<IResult> AnswerAsync(PageRequest request, EventFilter filter, CancellationToken stop) => Results.Ok(await RunAsync(request, filter, stop));

    private Task<IResult> ExportAsync(EventFilter filter, CancellationToken stop) => file.OfAsync("camera-events", "cameras.exported", page => RunAsync(page, filter, stop), stop,
        (words["Event.At"], row => row.At), (words["Event.HeardAt"], row => row.HeardAt), (words["Camera.Code"], row => row.Camera), (words["Camera.Name"], row => row.CameraName), (words["Camera.Space"], row => row.SpaceName), (words["Camera.Enterprise"], row => row.EnterpriseName),
        (words["Event.Kind"], row => words["Event." + row.Kind].Value), (words["Event.Zone"], row => row.Zone), (words["Event.Persons"], row => row.Persons), (words["Event.State"], row => row.State is { } state ? words["Sight." + state].Value : null),
        (words["Event.Verdict"], row => row.Verdict is { } verdict ? words["Verdict." + verdict].Value : null), (words["Event.Judged"], row => row.WasTrue is { } judged ? words[judged ? "Judged.True" : "Judged.False"].Value : null), (words["Event.Position"], row => row.Position));

    private static EventFilter? Read(string? search, string? kind, DateOnly? day, string? division, Guid? enterprise, bool? review) =>
        EnumQuery.TryRead<SightEventKind>(kind, out var wanted) ? new EventFilter(search, wanted, day, division, enterprise, review) : null;

    private IQueryable<CameraEvent> Matching(EventFilter filter)
    {
        var query = db.Events.AsNoTracking().Within(scope.Now);
        if (filter.Kind is { } kind) query = query.Where(seen => seen.Kind == kind);
        if (filter.Day is { } day)
        {
            var (from, before) = (calendar.StartOf(day), calendar.EndOf(day));
            query = query.Where(seen => seen.At >= from && seen.At < before);
        }

        if (!string.IsNullOrEmpty(filter.Division))
        {
            var area = DivisionRange.Of(new DivisionCode(filter.Division));
            var (first, behind) = (area.From, area.Before);
            query = query.Where(seen => seen.Division >= first && seen.Division < behind);
        }

        if (filter.Enterprise is { } enterprise)
        {
            var id = new EnterpriseId(enterprise);
            query = query.Where(seen => seen.Enterprise == id);
        }

        if (filter.Review is { } judged) query = query.Where(seen => Judged.Contains(seen.Kind) && seen.Verdict != EntryVerdict.Permitted && (seen.WasTrue != null) == judged);
        if (new PageRequest(Search: filter.Search).Term is not { } term) return query;
        var found = cameras.Within(scope.Now).Where(camera => Names(camera).Any(name => name?.Contains(term, StringComparison.OrdinalIgnoreCase) == true)).Select(camera => camera.Id).ToList();
        return query.Where(seen => found.Contains(seen.Camera));
    }

    private string?[] Names(CameraFacts camera) => [camera.Code, camera.Name, spaces.Find(camera.Space)?.Name, enterprises.Find(camera.Enterprise)?.Name];

    /// <summary>An event as lists show it.</summary>
    internal Row Read(CameraEvent seen)
    {
        var camera = cameras.Find(seen.Camera);
        return new Row(seen.Id, seen.Seq, camera?.Code ?? "", camera?.Name ?? "", camera is null ? null : spaces.Find(camera.Space)?.Name, enterprises.Find(seen.Enterprise)?.Name, seen.Kind, seen.At, seen.HeardAt, seen.Zone, seen.Persons, seen.State, seen.Verdict, seen.HasPicture, seen.HasClip, seen.WasTrue);
    }
}
