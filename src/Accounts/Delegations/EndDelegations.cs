using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Delegations;

/// <summary>Ends what was handed on by an account or to it, in the transaction of whatever made it end: it does not come back with the account.</summary>
internal sealed class EndDelegations(AccountsDb db, TimeProvider clock)
{
    /// <param name="account">Either of the two.</param>
    /// <param name="reason">Code of the reason, a word of <c>Delegation.End.{…}</c>.</param>
    /// <param name="stop">Stops.</param>
    public async Task OfAsync(Guid account, string reason, CancellationToken stop)
    {
        foreach (var open in await db.Delegations.Where(d => (d.Holder == account || d.Delegate == account) && d.EndedAt == null).ToListAsync(stop))
        {
            (open.EndedAt, open.EndReason) = (clock.GetUtcNow(), reason);
            db.Context.Audit("accounts.delegation.ended", $"delegation/{open.Id}", new { reason });
        }
    }
}
