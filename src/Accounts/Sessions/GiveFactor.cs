using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Sessions;

/// <summary>The second step of signing in: a code of an app, a recovery code or a passkey. Five wrong ones lock for 15 minutes, also when sent at once.</summary>
internal sealed class GiveFactor(AccountsDb db, FactorBox factors, Passkeys passkeys, SessionDesk sessions, Turns turns, FailureBrake brake, AccountIndex index, TimeProvider clock)
{
    public sealed record Request(string? Code);

    public sealed record PasskeyRequest(string? Challenge, string? Answer);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/sign-in/code", (Request request, GiveFactor slice, HalfEntry half, HttpContext http, CancellationToken stop) => AnswerAsync(half, http, account => slice.CodeAsync(account, request.Code, Device.Of(http), stop)))
            .AllowAnonymous().Produces<SignIn.SignedIn>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Second step of signing in: a code of the authenticator app, or a recovery code");
        api.MapPost("/sign-in/passkey/question", async (GiveFactor slice, HalfEntry half, HttpContext http, CancellationToken stop) => half.Read(http) is { } account ? await slice.AskAsync(account.Id, stop).ToAnswerAsync() : AccountAnswers.Problem(new Refusal("SignInNeeded")))
            .AllowAnonymous().Produces<PasskeyQuestion>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("What to ask a passkey for in the second step of signing in");
        api.MapPost("/sign-in/passkey", (PasskeyRequest request, GiveFactor slice, HalfEntry half, HttpContext http, CancellationToken stop) => AnswerAsync(half, http, account => slice.PasskeyAsync(account, request.Challenge, request.Answer, Device.Of(http), stop)))
            .AllowAnonymous().Produces<SignIn.SignedIn>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Second step of signing in: a passkey's answer");
    }

    /// <summary>Answers an operation of the second step, which is for half an entry only.</summary>
    public static async Task<IResult> AnswerAsync(HalfEntry half, HttpContext http, Func<AccountFacts, Task<Outcome<Entry.Open>>> step)
    {
        if (half.Read(http) is not { } account) return AccountAnswers.Problem(new Refusal("SignInNeeded"));
        var outcome = await step(account);
        return outcome.IsDone ? await SignIn.LetInAsync(http, outcome.Value) : AccountAnswers.Problem(outcome.Refusals);
    }

    /// <summary>A question to the account's passkeys.</summary>
    public async Task<Outcome<PasskeyQuestion>> AskAsync(Guid id, CancellationToken stop) =>
        await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsDisabled, stop) is { } account && await db.Factors.AnyAsync(f => f.Account == id && f.Kind == FactorKind.Passkey, stop)
            ? await passkeys.AskAsync(account, ChallengeUse.SignIn)
            : new Refusal("PasskeyMissing");

    public Task<Outcome<Entry.Open>> CodeAsync(AccountFacts half, string? code, Device device, CancellationToken stop) =>
        TryAsync(half, device, account => factors.UseCodeAsync(account, code, stop), stop);

    public Task<Outcome<Entry.Open>> PasskeyAsync(AccountFacts half, string? challenge, string? answer, Device device, CancellationToken stop) =>
        TryAsync(half, device, async account => await factors.UsePasskeyAsync(account, ChallengeUse.SignIn, challenge, answer, stop) ? FactorUsed.Passkey : null, stop);

    private async Task<Outcome<Entry.Open>> TryAsync(AccountFacts half, Device device, Func<Account, Task<FactorUsed?>> use, CancellationToken stop)
    {
        if (brake.IsOn(device.Address)) return new Refusal("TooManyFailures");
        using var turn = await turns.TakeAsync($"factor/{half.Id}", stop);
        var now = clock.GetUtcNow();
        if (index.FindInForce(half.Id, half.Stamp) is null || await db.Accounts.SingleOrDefaultAsync(a => a.Id == half.Id && !a.IsDisabled, stop) is not { } account) return new Refusal("SignInNeeded");
        if (account.FactorLock.IsLocked(now)) return Locked(account);
        if (await use(account) is not { } used)
        {
            brake.Fail(device.Address);
            var isLocked = account.FactorLock.Fail(now);
            db.Context.Audit(isLocked ? "accounts.factor.locked" : "accounts.factor.failed", $"account/{account.Id}", new { account.FactorLock.Failures });
            if (!await db.Context.TrySaveAsync(stop)) return new Refusal("ChangedMeanwhile");
            return isLocked ? Locked(account) : Refusal.OfField("code", "FactorWrong") with { Measured = FactValue.Count(account.FactorLock.Failures), Limit = FactValue.Count(FailureLock.MostFailures) };
        }

        account.FactorLock.Clear();
        var session = await sessions.BeginAsync(account, used, device, stop);
        return await db.Context.TrySaveAsync(stop) && index.Find(account.Id) is { } facts ? new Entry.Open(facts, session.Id, session.BegunAt, session.EndsAt, used) : new Refusal("ChangedMeanwhile");
    }

    private static Refusal Locked(Account account) => new("FactorLocked") { Measured = FactValue.Of(account.FactorLock.LockedUntil ?? default), Limit = FactValue.Of(FailureLock.Duration) };
}
