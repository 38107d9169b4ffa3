using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>Enters an organ, which supervises nothing yet.</summary>
internal sealed class EnterOrgan(AccountsDb db, OrganIndex organs, IDivisions divisions, CurrentScope scope, TimeProvider clock)
{
    public sealed record Request(OrganKind? Kind, string? NameZh, string? NameEn, Guid? Parent = null, string? Seat = null);

    public sealed record Entered(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/organs", (Request request, EnterOrgan slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditOrgans).Produces<Entered>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Organs")
            .WithSummary("Enter an organ: a bureau, a zone's committee, a town station or a department");

    public async Task<Outcome<Entered>> RunAsync(Request request, CancellationToken stop)
    {
        if (request.Kind is not { } kind) return Refusal.OfField("kind", "OrganKindMissing");
        var fields = new OrganFields(request.NameZh, request.NameEn, request.Parent, request.Seat).Normalised();
        var parent = fields.Parent is { } above && scope.Now.CoversOrgan(above) ? organs.Find(new OrganId(above)) : null;
        if (fields.Check(kind, parent, isParentBelow: false, divisions) is { Count: > 0 } refusals) return Outcome<Entered>.Refused(refusals);
        if (await db.Organs.AnyAsync(o => o.NameZh == fields.NameZh, stop)) return Taken(fields);

        var organ = new Organ { Id = TypedId.New<OrganId>(), Kind = kind, NameZh = "", NameEn = "", EnteredAt = clock.GetUtcNow() };
        fields.WriteTo(organ);
        db.Organs.Add(organ);
        db.Context.Audit("accounts.organ.entered", $"organ/{organ.Id.Value}", new { kind = kind.ToString(), fields.NameZh, fields.NameEn, fields.Parent, fields.Seat });
        return await db.Context.TrySaveAsync(stop) ? new Entered(organ.Id.Value) : Taken(fields);
    }

    internal static Refusal Taken(OrganFields fields) => Refusal.OfField("nameZh", "OrganNameTaken") with { Measured = FactValue.Text(fields.NameZh ?? "") };
}
