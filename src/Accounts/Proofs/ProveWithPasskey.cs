using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Proofs;

/// <summary>Proves with a passkey that the person is present: the phone asks for finger, face or its own PIN each time. Five failures lock for 15 minutes.</summary>
internal sealed class ProveWithPasskey(
    AccountsDb db, FactorBox factors, Passkeys passkeys, PersonProofs proofs, Turns turns, CurrentActor current, RuleBook rules, CityCalendar calendar, TimeProvider clock) : IPasskeyProofs
{
    public sealed record Request(string? Challenge, string? Answer);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/proof/passkey/question", async (ProveWithPasskey slice, CancellationToken stop) => await slice.FindQuestionAsync(stop).ToAnswerAsync())
            .RequireAuthorization().Produces<PasskeyChallenge>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("What to ask a passkey for, to prove presence");
        api.MapPost("/me/proof/passkey", (Request request, ProveWithPasskey slice, CancellationToken stop) => slice.ProveAsync(request.Challenge, request.Answer, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<SealedProof>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Prove presence with a passkey; the proof starts machines for five minutes");
    }

    public async Task<PasskeyChallenge?> ChallengeAsync(CancellationToken stop) => await FindQuestionAsync(stop) is { IsDone: true } found ? found.Value : null;

    public async Task<Outcome<SealedProof>> ProveAsync(string? challenge, string? answer, CancellationToken stop)
    {
        if (current.OrNull is not { Account: var id }) return new Refusal("SignInNeeded");
        using var turn = await turns.TakeAsync($"factor/{id}", stop);
        var now = clock.GetUtcNow();
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsDisabled, stop) is not { } account) return new Refusal("SignInNeeded");
        if (account.Person is not { } person) return new Refusal("PasskeyMissing");
        if (account.FactorLock.IsLocked(now)) return Locked(account);
        if (!await factors.UsePasskeyAsync(account, ChallengeUse.Proof, challenge, answer, stop))
        {
            var isLocked = account.FactorLock.Fail(now);
            db.Context.Audit(isLocked ? "accounts.factor.locked" : "accounts.factor.failed", $"account/{id}", new { account.FactorLock.Failures });
            await db.Context.TrySaveAsync(stop);
            return isLocked ? Locked(account) : new Refusal("PasskeyRefused") { Measured = FactValue.Count(account.FactorLock.Failures), Limit = FactValue.Count(FailureLock.MostFailures) };
        }

        account.FactorLock.Clear();
        if (!await db.Context.TrySaveAsync(stop)) return new Refusal("ChangedMeanwhile");
        var proof = new PersonProof(id, person, now, "passkey");
        return new SealedProof(proofs.Seal(proof, account.SecurityStamp), now + rules.Demand(ProofQuestions.Age, new RuleCase(calendar.DateOf(now))).Span);
    }

    private async Task<Outcome<PasskeyChallenge>> FindQuestionAsync(CancellationToken stop)
    {
        if (current.OrNull is not { Account: var id, Person: not null } || !await db.Factors.AnyAsync(f => f.Account == id && f.Kind == FactorKind.Passkey, stop)) return new Refusal("PasskeyMissing");
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsDisabled, stop) is not { } account) return new Refusal("SignInNeeded");
        var question = await passkeys.AskAsync(account, ChallengeUse.Proof);
        return new PasskeyChallenge(question.Challenge, question.Options);
    }

    private static Refusal Locked(Account account) => new("FactorLocked") { Measured = FactValue.Of(account.FactorLock.LockedUntil ?? default), Limit = FactValue.Of(FailureLock.Duration) };
}
