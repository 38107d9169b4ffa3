using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Resets;

/// <summary>
/// The second person's word. Agreeing ends the account's password, factors, sessions, proofs and API keys in one commit and makes a one-time code for its
/// owner: whoever had taken the account over is out before the slip is printed.
/// </summary>
internal sealed class DecideReset(
    AccountsDb db, AccountIndex index, ResetReach reach, FactorBox factors, SessionDesk sessions, PersonalFields fields, Turns turns, CurrentActor current, TimeProvider clock)
{
    /// <param name="Invitation">The printed slip.</param>
    /// <param name="Code">In plain, told this once.</param>
    public sealed record Confirmed(Guid Invitation, string Code, string ClaimUrl, DateTimeOffset ExpiresAt, string Role, string? For);

    public sealed record Decided(ResetState State);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/resets/{reset:guid}/confirm", (Guid reset, DecideReset slice, CancellationToken stop) => slice.ConfirmAsync(reset, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Reset).Produces<Confirmed>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Agree to a reset that somebody else asked for; the code is told once");
        api.MapPost("/accounts/resets/{reset:guid}/refuse", (Guid reset, DecideReset slice, CancellationToken stop) => slice.RefuseAsync(reset, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Reset).Produces<Decided>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Refuse a reset, or take one's own back");
    }

    public async Task<Outcome<Confirmed>> ConfirmAsync(Guid id, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not (var reset, var known)) return new Refusal("ResetUnknown");
        using var turn = await turns.TakeAsync($"reset/{reset.Account}", stop);
        await db.Context.Entry(reset).ReloadAsync(stop);
        var now = clock.GetUtcNow();
        if (ResetRules.CheckConfirming(FactsOf(reset, known, now)) is { } refusal) return refusal;
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == reset.Account && !a.IsDisabled, stop) is not { } account) return new Refusal("AccountDisabled");

        account.PasswordHash = null;
        account.SignInLock.Clear();
        account.FactorLock.Clear();
        CredentialBox.ChangeStamp(account);
        await factors.ForgetAllAsync(account.Id, stop);
        await sessions.EndAllAsync(account.Id, except: null, SessionEnd.CredentialsChanged, stop);
        // Whoever had the account may have made keys that outlive its password.
        foreach (var key in await db.Keys.Where(k => k.Account == account.Id && k.RevokedAt == null).ToListAsync(stop)) (key.RevokedAt, key.RevokeReason) = (now, reset.Reason[..Math.Min(reset.Reason.Length, Reason.Longest)]);
        foreach (var older in await db.Invitations.Where(i => i.Account == account.Id && i.ClosedAt == null).ToListAsync(stop)) older.ClosedAt = now;

        var (invitation, code) = (Guid.CreateVersion7(), InvitationCode.Make());
        db.Invitations.Add(new Invitation
        {
            Id = invitation,
            Role = account.Role,
            Organ = account.Organ,
            Enterprise = account.Enterprise,
            Account = account.Id,
            CodeHash = InvitationCode.Hash(fields, invitation, code),
            CreatedBy = current.Actor.Account,
            CreatedAt = now,
            ExpiresAt = now + Reset.Lifetime,
        });
        reset.Decide(ResetState.Confirmed, current.Actor.Account, now);
        reset.Invitation = invitation;
        db.Context.Audit("accounts.reset.confirmed", $"account/{account.Id}", new { reset = reset.Id, askedBy = reset.AskedBy, invitation });
        return await db.Context.TrySaveAsync(stop)
            ? new Confirmed(invitation, code, $"/claim?invitation={invitation}", now + Reset.Lifetime, account.Role, account.DisplayName)
            : new Refusal("ChangedMeanwhile");
    }

    public async Task<Outcome<Decided>> RefuseAsync(Guid id, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not (var reset, var known)) return new Refusal("ResetUnknown");
        using var turn = await turns.TakeAsync($"reset/{reset.Account}", stop);
        await db.Context.Entry(reset).ReloadAsync(stop);
        var now = clock.GetUtcNow();
        if (ResetRules.CheckDeciding(FactsOf(reset, known, now)) is { } refusal) return refusal;
        reset.Decide(reset.AskedBy == current.Actor.Account ? ResetState.Withdrawn : ResetState.Rejected, current.Actor.Account, now);
        db.Context.Audit(reset.State == ResetState.Withdrawn ? "accounts.reset.withdrawn" : "accounts.reset.rejected", $"account/{reset.Account}", new { reset = id });
        return await db.Context.TrySaveAsync(stop) ? new Decided(reset.State) : new Refusal("ChangedMeanwhile");
    }

    // What lies outside the actor's scope, or in a post that the actor may not fill, does not exist for the actor.
    private async Task<(Reset Reset, AccountFacts Account)?> FindAsync(Guid id, CancellationToken stop) =>
        await db.Resets.SingleOrDefaultAsync(r => r.Id == id, stop) is { } reset && index.Find(reset.Account) is { } account && reach.Covers(account) ? (reset, account) : null;

    private ResetFacts FactsOf(Reset reset, AccountFacts account, DateTimeOffset now) =>
        new(reset.StateAt(now), reset.Account, reset.AskedBy, current.Actor.Account, account.IsDisabled, index.Find(reset.AskedBy) is { IsDisabled: false });
}
