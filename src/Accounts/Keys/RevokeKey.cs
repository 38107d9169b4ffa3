using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Keys;

/// <summary>Makes a key worthless at once.</summary>
internal sealed class RevokeKey(AccountsDb db, AccountIndex accounts, AccountScope scope, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/keys/{key:guid}/revoke", (Guid key, Request request, RevokeKey slice, CancellationToken stop) => slice.OwnAsync(key, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.OwnKeys).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Own).WithTags("API keys").WithSummary("Revoke a key of the own account; it counts at once");
        api.MapPost("/keys/{key:guid}/revoke", (Guid key, Request request, RevokeKey slice, CancellationToken stop) => slice.AnyAsync(key, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditKeys).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("API keys").WithSummary("Revoke anybody's key; it counts at once");
    }

    public Task<Outcome> OwnAsync(Guid id, Request request, CancellationToken stop) => RunAsync(id, request, account => account == current.Actor.Account, stop);

    public Task<Outcome> AnyAsync(Guid id, Request request, CancellationToken stop) => RunAsync(id, request, account => accounts.Find(account) is { } holder && scope.Covers(holder), stop);

    private async Task<Outcome> RunAsync(Guid id, Request request, Func<Guid, bool> isWithin, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } missing) return Outcome.Refused(missing);
        if (await db.Keys.SingleOrDefaultAsync(k => k.Id == id, stop) is not { } key || !isWithin(key.Account)) return Outcome.Refused("KeyUnknown");
        if (key.RevokedAt is not null) return Outcome.Done;
        (key.RevokedAt, key.RevokeReason) = (clock.GetUtcNow(), request.Reason!.Trim());
        db.Context.Audit("accounts.key.revoked", $"key/{id}", new { account = key.Account, reason = key.RevokeReason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
