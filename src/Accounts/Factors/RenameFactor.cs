using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Factors;

/// <summary>Gives one's own factor another name.</summary>
internal sealed class RenameFactor(AccountsDb db, CurrentActor current)
{
    public sealed record Request(string? Name);

    public sealed record Renamed(string Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/me/factors/{factor:guid}", (Guid factor, Request request, RenameFactor slice, CancellationToken stop) => slice.RunAsync(factor, request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Renamed>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Name one of one's own factors");

    public async Task<Outcome<Renamed>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (FactorBox.CheckName(request.Name) is { } refusal) return refusal;
        if (await db.Factors.SingleOrDefaultAsync(f => f.Id == id && f.Account == current.Actor.Account, stop) is not { } factor) return new Refusal("FactorUnknown");
        factor.Name = request.Name!.Trim();
        db.Context.Audit("accounts.factor.renamed", $"account/{factor.Account}", new { factor = id });
        return await db.Context.TrySaveAsync(stop) ? new Renamed(factor.Name) : new Refusal("ChangedMeanwhile");
    }
}
