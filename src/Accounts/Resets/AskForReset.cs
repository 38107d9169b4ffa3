using Anlan.Accounts.Credentials;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Resets;

/// <summary>Asks for the reset of somebody else's account. Nothing changes until a second person agrees.</summary>
internal sealed class AskForReset(AccountsDb db, AccountIndex index, AccountScope accounts, RoleBook roles, DoorRules doors, Turns turns, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? Reason);

    public sealed record Asked(Guid Reset, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/accounts/{account:guid}/resets", (Guid account, Request request, AskForReset slice, CancellationToken stop) => slice.RunAsync(account, request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Reset).Produces<Asked>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Accounts")
            .WithSummary("Ask for the reset of an account; a second person has to agree within a day");

    public async Task<Outcome<Asked>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (index.Find(id) is not { } account || !accounts.Covers(account)) return new Refusal("AccountUnknown");
        if (!InvitationRules.IsOpenTo(roles, current.Actor, account.Role)) return new Refusal("Forbidden");
        using var turn = await turns.TakeAsync($"reset/{id}", stop);
        var now = clock.GetUtcNow();
        var waits = await db.Resets.AnyAsync(r => r.Account == id && r.State == ResetState.Waiting && r.ExpiresAt > now, stop);
        if (ResetRules.CheckAsking(account, doors.IsResetByTwo(account.Role), current.Actor.Account, waits, request.Reason) is { } refusal) return refusal;
        var reset = new Reset { Id = Guid.CreateVersion7(), Account = id, Reason = request.Reason!.Trim(), AskedBy = current.Actor.Account, AskedAt = now, ExpiresAt = now + Reset.Lifetime };
        db.Resets.Add(reset);
        db.Context.Audit("accounts.reset.asked", $"account/{id}", new { reset = reset.Id, reason = reset.Reason });
        return await db.Context.TrySaveAsync(stop) ? new Asked(reset.Id, reset.ExpiresAt) : new Refusal("ChangedMeanwhile");
    }
}
