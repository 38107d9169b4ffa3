using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>Ends an assignment. From today or earlier: at the commit whoever holds the next wider assignment supervises again.</summary>
internal sealed class EndAssignment(AccountsDb db, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="On">First day on which the organ does not supervise any more; today when left out.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Request(DateOnly? On, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/assignments/{assignment:guid}/end", (Guid assignment, Request request, EndAssignment slice, CancellationToken stop) => slice.RunAsync(assignment, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditOrgans).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("End an organ's supervision of a division or an enterprise");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (await db.Assignments.SingleOrDefaultAsync(a => a.Id == id, stop) is not { } assignment || !scope.Now.CoversOrgan(assignment.Organ.Value)) return Outcome.Refused("AssignmentUnknown");
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        var today = calendar.Today;
        if (assignment.To < today) return Outcome.Refused(new Refusal("AssignmentEnded") { Measured = FactValue.Of(assignment.To.Value) });
        var on = request.On ?? (today < assignment.From ? assignment.From : today);
        if (on < assignment.From) return Outcome.Refused(Refusal.OfField("on", "EndBeforeStart") with { Measured = FactValue.Of(on), Limit = FactValue.Of(assignment.From) });
        if (assignment.To is { } last && on > last) return Outcome.Refused(Refusal.OfField("on", "EndsEarlierAlready") with { Measured = FactValue.Of(on), Limit = FactValue.Of(last) });

        assignment.To = on.AddDays(-1);
        assignment.EndedAt = calendar.Now;
        assignment.EndReason = request.Reason!.Trim();
        db.Context.Audit(
            "accounts.supervision.ended", $"organ/{assignment.Organ.Value}", new { assignment = id, division = assignment.Division?.Value, enterprise = assignment.Enterprise?.Value, on, assignment.EndReason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
