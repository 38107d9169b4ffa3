using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>Closes an organ after a reform. Nothing may hang on it any more, or somebody would lose sight of what they supervise without noticing.</summary>
internal sealed class CloseOrgan(AccountsDb db, OrganIndex organs, AssignmentIndex assignments, AccountIndex accounts, CurrentScope scope, CityCalendar calendar)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/organs/{organ:guid}/close", (Guid organ, Request request, CloseOrgan slice, CancellationToken stop) => slice.RunAsync(organ, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditOrgans).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("Close an organ on which nothing hangs any more");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var organId = new OrganId(id);
        if (!scope.Now.CoversOrgan(id) || await db.Organs.SingleOrDefaultAsync(o => o.Id == organId, stop) is not { } organ) return Outcome.Refused("OrganUnknown");
        if (organ.ClosedOn is { } closed) return Outcome.Refused(new Refusal("OrganClosed") { Measured = FactValue.Of(closed) });
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (StandsAgainst(organId) is { Count: > 0 } refusals) return Outcome.Refused(refusals);

        organ.ClosedOn = calendar.Today;
        organ.CloseReason = request.Reason!.Trim();
        db.Context.Audit("accounts.organ.closed", $"organ/{id}", new { organ.CloseReason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private List<Refusal> StandsAgainst(OrganId organ)
    {
        (string Code, int Count)[] found =
        [
            ("OrganHasOrgans", organs.All.Count(o => o.Parent == organ && o.IsActive)),
            ("OrganHasAssignments", assignments.Of(organ).Count(a => a.IsOpenOn(calendar.Today))),
            ("OrganHasAccounts", accounts.All.Count(a => a.Organ == organ && !a.IsDisabled)),
        ];
        return [.. found.Where(f => f.Count > 0).Select(f => new Refusal(f.Code) { Measured = FactValue.Count(f.Count), Limit = FactValue.Count(0) })];
    }
}
