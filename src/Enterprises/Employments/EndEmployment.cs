using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Employments;

/// <summary>
/// Ends a binding. From today or earlier: it is no longer in force at the commit, and the event ends the person's running work for the
/// enterprise. From a later day: it just gets a last day.
/// </summary>
internal sealed class EndEmployment(EnterprisesDb db, EmploymentIndex employments, EnterpriseIndex enterprises, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="On">First day on which the person is no longer bound; today when left out.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Request(DateOnly? On, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/employments/{employment:guid}/end", (Guid employment, Request request, EndEmployment slice, CancellationToken stop) => slice.RunAsync(employment, request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.EditPeople).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Unbind a person from an enterprise");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (await db.Employments.SingleOrDefaultAsync(e => e.Id == id, stop) is not { } employment || !enterprises.IsWithin(employment.Enterprise, scope.Now)) return Outcome.Refused("EmploymentUnknown");

        var today = calendar.Today;
        if (employment.To < today) return Outcome.Refused(new Refusal("EmploymentEnded") { Measured = FactValue.Of(employment.To.Value) });
        var on = request.On ?? today;
        if (on < employment.From) return Outcome.Refused(Refusal.OfField("on", "EndBeforeStart") with { Measured = FactValue.Of(on), Limit = FactValue.Of(employment.From) });
        if (employment.To is { } last && on > last) return Outcome.Refused(Refusal.OfField("on", "EndsEarlierAlready") with { Measured = FactValue.Of(on), Limit = FactValue.Of(last) });

        employment.To = on.AddDays(-1);
        employment.EndedAt = calendar.Now;
        employment.EndReason = request.Reason!.Trim();
        db.Context.Audit("enterprises.person.unbound", $"person/{employment.Person.Value}", new { employment = id, enterprise = employment.Enterprise.Value, on, employment.EndReason });
        // A later end is told by UnbindAtEnd when its day has passed.
        if (on <= today)
        {
            employment.EndToldAt = calendar.Now;
            if (!employments.IsBoundOtherwise(employment, today)) db.Context.Publish(new PersonUnbound(employment.Person, employment.Enterprise, employment.EndReason));
        }

        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
