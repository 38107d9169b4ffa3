using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>Closes an enterprise: from the commit on nobody starts a machine for it. Records stay.</summary>
internal sealed class CloseEnterprise(EnterprisesDb db, EnterpriseIndex enterprises, CurrentScope scope, CityCalendar calendar)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/enterprises/{enterprise:guid}/close", (Guid enterprise, Request request, CloseEnterprise slice, CancellationToken stop) => slice.RunAsync(enterprise, request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.Register).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Close an enterprise");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        var enterpriseId = new EnterpriseId(id);
        if (!enterprises.IsWithin(enterpriseId, scope.Now) || await db.Enterprises.SingleOrDefaultAsync(e => e.Id == enterpriseId, stop) is not { } enterprise) return Outcome.Refused("EnterpriseUnknown");
        if (enterprise.ClosedOn is { } closed) return Outcome.Refused(new Refusal("EnterpriseClosed") { Measured = FactValue.Of(closed) });

        enterprise.ClosedOn = calendar.Today;
        enterprise.CloseReason = request.Reason!.Trim();
        db.Context.Audit("enterprises.enterprise.closed", $"enterprise/{id}", new { enterprise.CloseReason });
        db.Context.Publish(new EnterpriseClosed(enterpriseId));
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
