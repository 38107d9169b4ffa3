using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>Enters an enterprise at a place within scope.</summary>
internal sealed class RegisterEnterprise(EnterprisesDb db, IDivisions divisions, CurrentScope scope, TimeProvider clock)
{
    public sealed record Registered(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/enterprises", (EnterpriseFields request, RegisterEnterprise slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.Register).Produces<Registered>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Enter an enterprise");

    public async Task<Outcome<Registered>> RunAsync(EnterpriseFields request, CancellationToken stop)
    {
        var fields = request.Normalised();
        if (fields.Check(divisions) is { Count: > 0 } refusals) return Outcome<Registered>.Refused(refusals);
        if (!scope.Now.Covers(new DivisionCode(fields.Division!))) return Refusal.OfField("division", "DivisionOutsideScope") with { Measured = FactValue.Text(fields.Division!) };
        if (fields.CreditCode is { } code && await db.Enterprises.AnyAsync(e => e.CreditCode == code, stop)) return Taken(code);

        var enterprise = new Enterprise
        {
            Id = TypedId.New<EnterpriseId>(),
            Name = fields.Name!,
            CreditCode = fields.CreditCode,
            Kind = fields.Kind,
            Division = new DivisionCode(fields.Division!),
            Address = fields.Address,
            RegisteredAt = clock.GetUtcNow(),
        };
        db.Enterprises.Add(enterprise);
        db.Context.Audit("enterprises.enterprise.registered", $"enterprise/{enterprise.Id.Value}", new { fields.CreditCode, fields.Division, Kind = fields.Kind.ToString() });
        return await db.Context.TrySaveAsync(stop) ? new Registered(enterprise.Id.Value) : Taken(fields.CreditCode);
    }

    internal static Refusal Taken(string? code) => Refusal.OfField("creditCode", "CreditCodeTaken") with { Measured = FactValue.Text(code ?? "") };
}
