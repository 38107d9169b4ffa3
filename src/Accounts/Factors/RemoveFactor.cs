using Anlan.Accounts.Credentials;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Factors;

/// <summary>Removes a factor, for example of a lost phone; other sessions and all proofs end with it. The last one stays where one is demanded.</summary>
internal sealed class RemoveFactor(AccountsDb db, FactorBox factors, SessionDesk sessions, OwnerCheck owner, DoorRules doors)
{
    public sealed record Request(string? Password);

    /// <param name="Left">Factors that the account still has.</param>
    public sealed record Removed(int Left);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/factors/{factor:guid}/remove", (Guid factor, Request request, RemoveFactor slice, CancellationToken stop) => slice.RunAsync(factor, request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Removed>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Remove one of one's own factors");

    public Task<Outcome<Removed>> RunAsync(Guid id, Request request, CancellationToken stop) => owner.RunAsync<Removed>(request.Password, async account =>
    {
        var all = await db.Factors.Where(f => f.Account == account.Id).ToListAsync(stop);
        if (all.Find(f => f.Id == id) is not { } factor) return new Refusal("FactorUnknown");
        if (all.Count == 1)
        {
            if (doors.DemandsSecondFactor(account.Role)) return new Refusal("LastFactor");
            // Recovery codes alone would ask for a factor that is gone.
            await factors.ForgetAllAsync(account.Id, stop);
        }
        else
        {
            db.Factors.Remove(factor);
        }

        await sessions.KeepOnlyAsync(account, owner.OwnSession, stop);
        db.Context.Audit("accounts.factor.removed", $"account/{account.Id}", new { factor = id, kind = factor.Kind.ToString() });
        return await db.Context.TrySaveAsync(stop) ? new Removed(all.Count - 1) : new Refusal("ChangedMeanwhile");
    }, stop);
}
