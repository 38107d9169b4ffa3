using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Delegations;

/// <summary>Takes back what was handed on, or hands it back; it counts at once.</summary>
internal sealed class RevokeDelegation(AccountsDb db, AccountIndex accounts, AccountScope scope, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/delegations/{delegation:guid}/revoke", (Guid delegation, Request request, RevokeDelegation slice, CancellationToken stop) => slice.OwnAsync(delegation, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.OwnDelegations).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Own).WithTags("Delegations").WithSummary("Take back what one handed on, or hand back what one received");
        api.MapPost("/delegations/{delegation:guid}/revoke", (Guid delegation, Request request, RevokeDelegation slice, CancellationToken stop) => slice.AnyAsync(delegation, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Delegations").WithSummary("End a delegation");
    }

    public Task<Outcome> OwnAsync(Guid id, Request request, CancellationToken stop) => RunAsync(id, request, d => d.Holder == current.Actor.Account || d.Delegate == current.Actor.Account, stop);

    public Task<Outcome> AnyAsync(Guid id, Request request, CancellationToken stop) => RunAsync(id, request, d => accounts.Find(d.Holder) is { } holder && scope.Covers(holder), stop);

    private async Task<Outcome> RunAsync(Guid id, Request request, Func<Delegation, bool> isWithin, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } missing) return Outcome.Refused(missing);
        if (await db.Delegations.SingleOrDefaultAsync(d => d.Id == id, stop) is not { } delegation || !isWithin(delegation)) return Outcome.Refused("DelegationUnknown");
        if (delegation.EndedAt is not null) return Outcome.Done;
        (delegation.EndedAt, delegation.EndReason) = (clock.GetUtcNow(), request.Reason!.Trim());
        db.Context.Audit("accounts.delegation.revoked", $"delegation/{id}", new { holder = delegation.Holder, @delegate = delegation.Delegate, reason = delegation.EndReason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
