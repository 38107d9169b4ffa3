using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Corrects an entry of the ledger; a removed space stays as it was.</summary>
internal sealed class EditSpace(ConfinedSpacesDb db, FindSpace find, SpaceFields fields)
{
    internal sealed record Request : SpaceDeclaration
    {
        /// <summary>Version that the editor saw; a newer one is not overwritten. Left out: not checked.</summary>
        public int? Version { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/spaces/{code}", (string code, Request request, EditSpace slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(ConfinedSpacesPermissions.Manage).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Confined spaces").WithSummary("Edit a confined space");

    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } space) return Outcome.Refused(FindSpace.Unknown(code));
        if (space.State == SpaceState.Removed) return Outcome.Refused("SpaceRemoved");
        if (request.Version is { } seen && seen != space.Version) return Outcome.Refused("ChangedMeanwhile");
        var declared = await fields.ReadAsync(request, space, stop);
        if (!declared.IsDone) return Outcome.Refused(declared.Refusals);

        var (before, after) = (DeclaredSpace.Of(space), declared.Value);
        if (before.IsSame(after)) return Outcome.Done;
        after.WriteTo(space);
        db.Context.Audit("spaces.edited", $"space/{space.Id.Value}", new { before, after });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
