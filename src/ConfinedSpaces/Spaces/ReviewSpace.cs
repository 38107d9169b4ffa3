using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Notes that somebody compared the entry with the place and it is right: the ledger is kept up to date (Order 13, art. 6).</summary>
internal sealed class ReviewSpace(ConfinedSpacesDb db, FindSpace find, CityCalendar calendar)
{
    /// <param name="On">The day; today when left out.</param>
    internal sealed record Request(DateOnly? On);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/spaces/{code}/review", (string code, Request request, ReviewSpace slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(ConfinedSpacesPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Confined spaces").WithSummary("Note that an entry was compared with the place");

    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } space) return Outcome.Refused(FindSpace.Unknown(code));
        var (on, today) = (request.On ?? calendar.Today, calendar.Today);
        if (SpaceRules.Reviewed("on", on, today) is { } early) return Outcome.Refused(early);
        if (space.State == SpaceState.Removed) return Outcome.Refused("SpaceRemoved");
        // An older look is on record already, or a newer one makes it needless.
        if (space.LastReviewedOn >= on) return Outcome.Done;
        space.LastReviewedOn = on;
        db.Context.Audit("spaces.reviewed", $"space/{space.Id.Value}", new { on });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
