using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Enters a space into the ledger (Order 13, art. 6), under a code of its own or the next one that is counted.</summary>
internal sealed class RegisterSpace(ConfinedSpacesDb db, SpaceIndex index, SpaceFields fields, TimeProvider clock)
{
    // Others may take the same number at the same moment.
    private const int Tries = 8;

    internal sealed record Request : SpaceDeclaration
    {
        /// <summary>4 to 32 letters, digits and dashes, with a digit; stays for good. Left out: the next number.</summary>
        public string? Code { get; init; }

        /// <summary>True when it is known to be in use; otherwise it is identified, and somebody confirms the use later.</summary>
        public bool IsInUse { get; init; }
    }

    public sealed record Registered(Guid Id, string Code);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/spaces", (Request request, RegisterSpace slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(ConfinedSpacesPermissions.Manage).Produces<Registered>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Confined spaces").WithSummary("Enter a confined space");

    public async Task<Outcome<Registered>> RunAsync(Request request, CancellationToken stop)
    {
        var typed = SpaceRules.CodeOf(request.Code);
        var codeFault = typed.Length == 0 ? null : SpaceRules.Code(typed) ?? (index.FindByCode(typed) is null ? null : Taken(typed));
        var declared = await fields.ReadAsync(request, null, stop);
        if (codeFault is not null) return Outcome<Registered>.Refused([codeFault, .. declared.Refusals]);
        if (!declared.IsDone) return Outcome<Registered>.Refused(declared.Refusals);

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var code = typed.Length > 0 ? typed : index.NextCode();
            var now = clock.GetUtcNow();
            var space = new ConfinedSpace { Id = TypedId.New<SpaceId>(), Code = code, Name = "", Site = "", State = request.IsInUse ? SpaceState.Active : SpaceState.Identified, StateChangedAt = now, RegisteredAt = now };
            declared.Value.WriteTo(space);
            db.Spaces.Add(space);
            db.Context.Audit("spaces.registered", $"space/{space.Id.Value}", new { code, enterprise = space.Enterprise.Value });
            if (await db.Context.TrySaveAsync(stop)) return new Registered(space.Id.Value, code);
            if (typed.Length > 0) return Taken(typed);
            db.Context.ChangeTracker.Clear();
        }

        return Outcome<Registered>.Refused([new Refusal("ChangedMeanwhile")]);
    }

    private static Refusal Taken(string code) => Refusal.OfField("code", "CodeTaken") with { Measured = FactValue.Text(code) };
}
