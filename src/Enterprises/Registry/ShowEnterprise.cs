using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Divisions;
using Anlan.Enterprises.Employments;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>One enterprise.</summary>
internal sealed class ShowEnterprise(EnterprisesDb db, EmploymentIndex employments, EnterpriseIndex enterprises, DivisionTree divisions, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="People">Number of people bound today.</param>
    public sealed record Shown(
        Guid Id, string Name, string? CreditCode, EnterpriseKind Kind, string Division, string DivisionName, string? Address, bool IsActive, DateOnly? ClosedOn, string? CloseReason, int People,
        DateTimeOffset RegisteredAt, int Version);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/enterprises/{enterprise:guid}", (Guid enterprise, ShowEnterprise slice, CancellationToken stop) => slice.RunAsync(enterprise, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.View).Produces<Shown>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Show an enterprise");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        var enterpriseId = new EnterpriseId(id);
        if (!enterprises.IsWithin(enterpriseId, scope.Now) || await db.Enterprises.AsNoTracking().SingleOrDefaultAsync(e => e.Id == enterpriseId, stop) is not { } e) return new Refusal("EnterpriseUnknown");
        var people = employments.Of(enterpriseId).Where(b => b.IsInForceOn(calendar.Today)).DistinctBy(b => b.Person).Count();
        return new Shown(
            id, e.Name, e.CreditCode, e.Kind, e.Division.Value, divisions.PathOf(e.Division), e.Address, e.ClosedOn is null, e.ClosedOn, e.CloseReason, people, e.RegisteredAt, e.Version);
    }
}
