using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Takes a space into use, seals it, or removes it for good; each time somebody says why.</summary>
internal sealed class ChangeSpaceState(ConfinedSpacesDb db, FindSpace find, TimeProvider clock)
{
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "activate", "Take a confined space into use, after it was identified or sealed", SpaceState.Active);
        Map(api, "seal", "Seal a confined space; nobody goes in", SpaceState.Sealed);
        Map(api, "remove", "A confined space is no longer there; it stays in the ledger", SpaceState.Removed);
    }

    /// <summary>Which states a space may take next.</summary>
    public static IReadOnlyList<SpaceState> Next(SpaceState state) => state switch
    {
        SpaceState.Identified => [SpaceState.Active, SpaceState.Sealed, SpaceState.Removed],
        SpaceState.Active => [SpaceState.Sealed, SpaceState.Removed],
        SpaceState.Sealed => [SpaceState.Active, SpaceState.Removed],
        _ => [],
    };

    public async Task<Outcome> RunAsync(string code, SpaceState wanted, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } space) return Outcome.Refused(FindSpace.Unknown(code));
        var reason = request.Reason?.Trim() ?? "";
        if (SpaceRules.Reason(reason) is { } fault) return Outcome.Refused(fault);
        if (space.State == SpaceState.Removed) return Outcome.Refused("SpaceRemoved");
        if (!Next(space.State).Contains(wanted)) return Outcome.Refused(new Refusal("StateAlready") { Measured = FactValue.Word("State." + space.State) });
        (space.State, space.StateReason, space.StateChangedAt) = (wanted, reason, clock.GetUtcNow());
        db.Context.Audit("spaces." + wanted switch { SpaceState.Active => "activated", SpaceState.Sealed => "sealed", _ => "removed" }, $"space/{space.Id.Value}", new { reason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static void Map(IEndpointRouteBuilder api, string verb, string summary, SpaceState wanted) =>
        api.MapPost("/spaces/{code}/" + verb, (string code, Request request, ChangeSpaceState slice, CancellationToken stop) => slice.RunAsync(code, wanted, request, stop).ToHttpAsync())
            .RequirePermission(ConfinedSpacesPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Confined spaces").WithSummary(summary);
}
