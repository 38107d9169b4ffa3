using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>Corrects an enterprise. Its code, kind and place are the bureau's: a safety manager changes name and address only.</summary>
internal sealed class EditEnterprise(EnterprisesDb db, EnterpriseIndex enterprises, IDivisions divisions, CurrentScope scope)
{
    /// <param name="Name">Registered name.</param>
    /// <param name="CreditCode">Unified social credit code.</param>
    /// <param name="Division">Statistics code of the county or town.</param>
    /// <param name="Address">Street and number, or null.</param>
    /// <param name="Kind">Company or self-employed.</param>
    /// <param name="Version">The version that was shown; when somebody saved a newer one since, nothing is written. Null does not ask.</param>
    public sealed record Request(string? Name, string? CreditCode, string? Division, string? Address, EnterpriseKind Kind, int? Version = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/enterprises/{enterprise:guid}", (Guid enterprise, Request request, EditEnterprise slice, CancellationToken stop) => slice.RunAsync(enterprise, request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.Edit).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Correct an enterprise");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var enterpriseId = new EnterpriseId(id);
        if (!enterprises.IsWithin(enterpriseId, scope.Now) || await db.Enterprises.SingleOrDefaultAsync(e => e.Id == enterpriseId, stop) is not { } enterprise) return Outcome.Refused("EnterpriseUnknown");
        if (request.Version is { } seen && seen != enterprise.Version) return Outcome.Refused("ChangedMeanwhile");
        var fields = new EnterpriseFields(request.Name, request.CreditCode, request.Division, request.Address, request.Kind).Normalised();
        if (fields.Check(divisions) is { Count: > 0 } refusals) return Outcome.Refused(refusals);
        if (StandsAgainst(enterprise, fields, scope.Now) is { } forbidden) return Outcome.Refused(forbidden);
        if (fields.CreditCode is { } code && await db.Enterprises.AnyAsync(e => e.CreditCode == code && e.Id != enterpriseId, stop)) return Outcome.Refused(RegisterEnterprise.Taken(code));

        var before = Recorded(enterprise);
        enterprise.Name = fields.Name!;
        enterprise.CreditCode = fields.CreditCode;
        enterprise.Kind = fields.Kind;
        enterprise.Division = new DivisionCode(fields.Division!);
        enterprise.Address = fields.Address;
        if (!db.Context.ChangeTracker.HasChanges()) return Outcome.Done;
        // An enterprise's own name is public register data, unlike a person's.
        db.Context.Audit("enterprises.enterprise.edited", $"enterprise/{id}", new { before, after = Recorded(enterprise) });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    // The place decides who supervises: an enterprise does not choose that itself, and nobody moves one out of their own sight.
    internal static Refusal? StandsAgainst(Enterprise enterprise, EnterpriseFields fields, Scope scope)
    {
        if (!scope.IsAuthority && (fields.CreditCode != enterprise.CreditCode || fields.Kind != enterprise.Kind)) return Refusal.OfField("creditCode", "CreditCodeByBureauOnly");
        var moved = new DivisionCode(fields.Division!);
        if (moved == enterprise.Division) return null;
        if (!scope.IsAuthority) return Refusal.OfField("division", "DivisionByBureauOnly");
        return scope.Covers(moved, enterprise.Id.Value) ? null : Refusal.OfField("division", "DivisionOutsideScope") with { Measured = FactValue.Text(fields.Division!) };
    }

    private static object Recorded(Enterprise enterprise) =>
        new { enterprise.Name, enterprise.CreditCode, Division = enterprise.Division.Value, enterprise.Address, Kind = enterprise.Kind.ToString() };
}
