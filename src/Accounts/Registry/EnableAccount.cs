using Anlan.Accounts.Credentials;
using Anlan.Accounts.Delegations;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Registry;

/// <summary>Shuts an account out, at once and with its reason, or lets it in again.</summary>
internal sealed class EnableAccount(AccountsDb db, AccountIndex index, AccountScope accounts, EndDelegations delegations, CurrentActor current)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{account:guid}/disable", (Guid account, Request request, EnableAccount slice, CancellationToken stop) => slice.DisableAsync(account, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Disable an account; its sessions and proofs end at once");
        api.MapPost("/accounts/{account:guid}/enable", (Guid account, Request request, EnableAccount slice, CancellationToken stop) => slice.EnableAsync(account, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Enable an account again");
    }

    public async Task<Outcome> DisableAsync(Guid id, Request request, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Outcome.Refused(Refusal.OfField("reason", "ReasonMissing"));
        if (index.Find(id) is not { } known || !accounts.Covers(known)) return Outcome.Refused("AccountUnknown");
        if (id == current.Actor.Account) return Outcome.Refused("OwnAccount");
        return index.IsLastAdministrator(id) ? Outcome.Refused("LastAdministrator") : await SetAsync(id, true, request.Reason, stop);
    }

    public async Task<Outcome> EnableAsync(Guid id, Request request, CancellationToken stop) =>
        string.IsNullOrWhiteSpace(request.Reason) ? Outcome.Refused(Refusal.OfField("reason", "ReasonMissing")) : await SetAsync(id, false, request.Reason, stop);

    private async Task<Outcome> SetAsync(Guid id, bool isDisabled, string reason, CancellationToken stop)
    {
        if (index.Find(id) is not { } known || !accounts.Covers(known) || await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, stop) is not { } account) return Outcome.Refused("AccountUnknown");
        if (account.IsDisabled == isDisabled) return Outcome.Done;
        account.IsDisabled = isDisabled;
        if (isDisabled) await delegations.OfAsync(id, "AccountDisabled", stop);
        account.SignInLock.Clear();
        account.PinLock.Clear();
        account.FactorLock.Clear();
        CredentialBox.ChangeStamp(account);
        db.Context.Audit(isDisabled ? "accounts.disabled" : "accounts.enabled", $"account/{id}", new { reason = reason.Trim() });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
