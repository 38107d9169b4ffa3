using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Sessions;

/// <summary>Where an account is signed in, and where it was of late: so that its owner sees a session that is not theirs.</summary>
internal sealed class ListSignIns(AccountsDb db, AccountIndex index, AccountScope accounts, SessionIndex sessions, SessionCheck check, CurrentActor current, IHttpContextAccessor http, TimeProvider clock)
{
    private const int MostEnded = 20;

    /// <param name="IsOwn">The session that asks.</param>
    public sealed record Row(Guid Id, bool IsOwn, FactorUsed Factor, DateTimeOffset BegunAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, string? Address, string? Device, DateTimeOffset? EndedAt, SessionEnd? End);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/sessions", (ListSignIns slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequireAuthorization().Produces<IReadOnlyList<Row>>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Where one is signed in, and was of late");
        api.MapGet("/accounts/{account:guid}/sessions", (Guid account, ListSignIns slice, CancellationToken stop) => slice.OfAsync(account, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces<IReadOnlyList<Row>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Where an account is signed in, and was of late");
    }

    /// <summary>The actor's own, open ones first.</summary>
    public Task<IReadOnlyList<Row>> RunAsync(CancellationToken stop) => ReadAsync(current.Actor.Account, stop);

    /// <summary>Those of an account within scope.</summary>
    public async Task<Outcome<IReadOnlyList<Row>>> OfAsync(Guid account, CancellationToken stop) =>
        index.Find(account) is { } facts && accounts.Covers(facts) ? Outcome.Of(await ReadAsync(account, stop)) : new Refusal("AccountUnknown");

    private async Task<IReadOnlyList<Row>> ReadAsync(Guid account, CancellationToken stop)
    {
        var own = check.FindOpen(http.HttpContext?.User)?.Id;
        var now = clock.GetUtcNow();
        var open = await db.Sessions.AsNoTracking().Where(s => s.Account == account && s.EndedAt == null).ToListAsync(stop);
        var ended = await db.Sessions.AsNoTracking().Where(s => s.Account == account && s.EndedAt != null).OrderByDescending(s => s.EndedAt).Take(MostEnded).ToListAsync(stop);
        // One whose time has come is over, though the clockwork has not yet written so.
        var rows = open.Select(s => sessions.Find(s.Id) is { } facts && check.EndOf(facts, now) is { } end ? ToRow(s, own, now, end) : ToRow(s, own, null, null));
        return [.. rows.Concat(ended.Select(s => ToRow(s, own, s.EndedAt, s.End))).OrderBy(row => row.EndedAt is not null).ThenByDescending(row => row.IsOwn).ThenByDescending(row => row.LastSeenAt)];
    }

    private Row ToRow(SignInSession session, Guid? own, DateTimeOffset? endedAt, SessionEnd? end)
    {
        var lastSeen = sessions.Find(session.Id)?.LastSeen is { } known && known > session.LastSeenAt ? known : session.LastSeenAt;
        return new Row(session.Id, session.Id == own, session.Factor, session.BegunAt, lastSeen, session.EndsAt, session.Address, session.Device, endedAt, end);
    }
}
