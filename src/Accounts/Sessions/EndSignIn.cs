using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Sessions;

/// <summary>Ends sessions from elsewhere: one of one's own, all others of one's own, or, with a reason, all of an account. Cookies are worthless and open pages leave at the commit.</summary>
internal sealed class EndSignIn(AccountsDb db, AccountIndex index, AccountScope accounts, SessionDesk sessions, SessionCheck check, CurrentActor current, IHttpContextAccessor http, TimeProvider clock)
{
    public sealed record Request(string? Reason);

    /// <param name="Sessions">How many ended.</param>
    public sealed record Ended(int Sessions);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/sessions/{session:guid}/end", (Guid session, EndSignIn slice, CancellationToken stop) => slice.OneAsync(session, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Ended>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Sign out one of one's own sessions");
        api.MapPost("/me/sessions/end-others", (EndSignIn slice, CancellationToken stop) => slice.OthersAsync(stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Ended>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Sign out everywhere else");
        api.MapPost("/accounts/{account:guid}/sessions/end", (Guid account, Request request, EndSignIn slice, CancellationToken stop) => slice.AllOfAsync(account, request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces<Ended>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("End all sessions of an account");
    }

    public async Task<Outcome<Ended>> OneAsync(Guid id, CancellationToken stop)
    {
        var own = current.Actor.Account;
        if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.Account == own && s.EndedAt == null, stop) is not { } session) return new Refusal("SessionUnknown");
        session.EndAt(clock.GetUtcNow(), SessionEnd.EndedByOwner);
        db.Context.Audit("accounts.session.ended", $"account/{own}", new { session = id, end = SessionEnd.EndedByOwner.ToString() });
        return await db.Context.TrySaveAsync(stop) ? new Ended(1) : new Refusal("ChangedMeanwhile");
    }

    public Task<Outcome<Ended>> OthersAsync(CancellationToken stop) => EndAsync(current.Actor.Account, check.FindOpen(http.HttpContext?.User)?.Id, SessionEnd.EndedByOwner, null, stop);

    public async Task<Outcome<Ended>> AllOfAsync(Guid account, Request request, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refusal.OfField("reason", "ReasonMissing");
        return index.Find(account) is { } facts && accounts.Covers(facts) ? await EndAsync(account, null, SessionEnd.EndedByOther, request.Reason.Trim(), stop) : new Refusal("AccountUnknown");
    }

    private async Task<Outcome<Ended>> EndAsync(Guid account, Guid? except, SessionEnd end, string? reason, CancellationToken stop)
    {
        var count = await sessions.EndAllAsync(account, except, end, stop);
        db.Context.Audit("accounts.sessions.ended", $"account/{account}", new { count, end = end.ToString(), reason });
        return await db.Context.TrySaveAsync(stop) ? new Ended(count) : new Refusal("ChangedMeanwhile");
    }
}
