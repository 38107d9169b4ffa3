using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>Corrects an organ's names, its place in the line and its seat. What it is stays: another kind is another organ.</summary>
internal sealed class EditOrgan(AccountsDb db, OrganIndex organs, Jurisdiction jurisdiction, IDivisions divisions, CurrentScope scope)
{
    /// <param name="NameZh">Official name.</param>
    /// <param name="NameEn">Name on English screens.</param>
    /// <param name="Parent">The organ above it, or null.</param>
    /// <param name="Seat">Statistics code of the division in which it sits, or null.</param>
    /// <param name="Version">The version that was shown; when somebody saved a newer one since, nothing is written. Null does not ask.</param>
    public sealed record Request(string? NameZh, string? NameEn, Guid? Parent = null, string? Seat = null, int? Version = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/organs/{organ:guid}", (Guid organ, Request request, EditOrgan slice, CancellationToken stop) => slice.RunAsync(organ, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditOrgans).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("Correct an organ");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var organId = new OrganId(id);
        if (!scope.Now.CoversOrgan(id) || await db.Organs.SingleOrDefaultAsync(o => o.Id == organId, stop) is not { } organ) return Outcome.Refused("OrganUnknown");
        if (organ.ClosedOn is { } closed) return Outcome.Refused(new Refusal("OrganClosed") { Measured = FactValue.Of(closed) });
        if (request.Version is { } seen && seen != organ.Version) return Outcome.Refused("ChangedMeanwhile");
        var fields = new OrganFields(request.NameZh, request.NameEn, request.Parent, request.Seat).Normalised();
        var parent = fields.Parent is { } above && scope.Now.CoversOrgan(above) ? organs.Find(new OrganId(above)) : null;
        var isBelow = parent is not null && (parent.Id == organId || jurisdiction.Below(organId).Contains(parent.Id));
        if (fields.Check(organ.Kind, parent, isBelow, divisions) is { Count: > 0 } refusals) return Outcome.Refused(refusals);
        if (await db.Organs.AnyAsync(o => o.NameZh == fields.NameZh && o.Id != organId, stop)) return Outcome.Refused(EnterOrgan.Taken(fields));

        var before = Recorded(organ);
        fields.WriteTo(organ);
        if (!db.Context.ChangeTracker.HasChanges()) return Outcome.Done;
        db.Context.Audit("accounts.organ.edited", $"organ/{id}", new { before, after = Recorded(organ) });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static object Recorded(Organ organ) => new { organ.NameZh, organ.NameEn, Parent = organ.Parent?.Value, Seat = organ.Seat?.Value };
}
