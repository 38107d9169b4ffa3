using Anlan.Accounts.Registry;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Resets;

/// <summary>Resets of accounts within scope, those that wait first: who asked, why, who agreed, whether the owner has the account back.</summary>
internal sealed class ListResets(AccountsDb db, AccountIndex index, ResetReach reach, CurrentActor current, TimeProvider clock)
{
    // Resets are rare; older ones stay in the audit.
    private const int Newest = 1_000;

    public sealed record Row(
        Guid Id, Guid Account, string UserName, string Role, string Reason, ResetState State, Guid AskedBy, string AskedByName, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt,
        string? DecidedByName, DateTimeOffset? DecidedAt, DateTimeOffset? UsedAt, DateTimeOffset? OwnerSawAt, bool CanConfirm, bool CanRefuse);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/accounts/resets", (string? search, ListResets slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(AccountsPermissions.Reset).Produces<Page<Row>>().Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("List resets of accounts");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var resets = await db.Resets.AsNoTracking().OrderByDescending(r => r.AskedAt).Take(Newest).ToListAsync(stop);
        var rows = from reset in resets
                   let account = index.Find(reset.Account)
                   where account is not null && reach.Covers(account)
                   select ToRow(reset, account, now, current.Actor.Account);
        if (request.Term is { } term) rows = rows.Where(row => row.UserName.Contains(term, StringComparison.OrdinalIgnoreCase) || row.Reason.Contains(term, StringComparison.OrdinalIgnoreCase) || row.AskedByName.Contains(term, StringComparison.OrdinalIgnoreCase));
        var found = rows.OrderBy(row => row.State != ResetState.Waiting).ThenByDescending(row => row.AskedAt).ToList();
        return new Page<Row>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    private Row ToRow(Reset reset, AccountFacts account, DateTimeOffset now, Guid actor)
    {
        var facts = new ResetFacts(reset.StateAt(now), reset.Account, reset.AskedBy, actor, account.IsDisabled, index.Find(reset.AskedBy) is { IsDisabled: false });
        return new Row(
            reset.Id, account.Id, account.UserName, account.Role, reset.Reason, facts.State, reset.AskedBy, NameOf(reset.AskedBy), reset.AskedAt, reset.ExpiresAt,
            reset.DecidedBy is { } decider ? NameOf(decider) : null, reset.DecidedAt, reset.UsedAt, reset.OwnerSawAt, ResetRules.CheckConfirming(facts) is null, ResetRules.CheckDeciding(facts) is null);
    }

    private string NameOf(Guid account) => index.Find(account) is { } facts ? facts.DisplayName ?? facts.UserName : "?";
}
