using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Resets;

/// <summary>What others did to get one's own account back, or tried to: the owner sees it at the next sign-in and says so.</summary>
internal sealed class OwnResets(AccountsDb db, AccountIndex index, CurrentActor current, TimeProvider clock)
{
    private const int Most = 20;

    public sealed record Row(Guid Id, string Reason, ResetState State, string AskedBy, DateTimeOffset AskedAt, string? DecidedBy, DateTimeOffset? DecidedAt, bool IsNew);

    /// <param name="Resets">How many were marked as seen.</param>
    public sealed record Seen(int Resets);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/resets", (OwnResets slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequireAuthorization().Produces<IReadOnlyList<Row>>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Resets of one's own account");
        api.MapPost("/me/resets/seen", (OwnResets slice, CancellationToken stop) => slice.SeeAsync(stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Seen>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Say that one has read of the resets");
    }

    /// <summary>True while there is one that the owner has not read of.</summary>
    public Task<bool> HasNewAsync(Guid account, CancellationToken stop) => db.Resets.AnyAsync(r => r.Account == account && r.OwnerSawAt == null, stop);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken stop)
    {
        var (now, own) = (clock.GetUtcNow(), current.Actor.Account);
        var resets = await db.Resets.AsNoTracking().Where(r => r.Account == own).OrderByDescending(r => r.AskedAt).Take(Most).ToListAsync(stop);
        return [.. resets.Select(r => new Row(r.Id, r.Reason, r.StateAt(now), NameOf(r.AskedBy), r.AskedAt, r.DecidedBy is { } decider ? NameOf(decider) : null, r.DecidedAt, r.OwnerSawAt is null))];
    }

    public async Task<Outcome<Seen>> SeeAsync(CancellationToken stop)
    {
        var own = current.Actor.Account;
        var unseen = await db.Resets.Where(r => r.Account == own && r.OwnerSawAt == null).ToListAsync(stop);
        foreach (var reset in unseen) reset.OwnerSawAt = clock.GetUtcNow();
        if (unseen.Count > 0) db.Context.Audit("accounts.reset.seen", $"account/{own}", new { resets = unseen.Select(reset => reset.Id) });
        return await db.Context.TrySaveAsync(stop) ? new Seen(unseen.Count) : new Refusal("ChangedMeanwhile");
    }

    private string NameOf(Guid account) => index.Find(account) is { } facts ? facts.DisplayName ?? facts.UserName : "?";
}
