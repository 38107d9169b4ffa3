using Anlan.Accounts.Credentials;
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

/// <summary>Proves with the PIN that the person is present; five wrong ones lock the PIN for 15 minutes.</summary>
internal sealed class ProveWithPin(AccountsDb db, CredentialBox credentials, PersonProofs proofs, Turns turns, CurrentActor current, RuleBook rules, CityCalendar calendar, TimeProvider clock) : IPinProofs
{
    public sealed record Request(string? Pin);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/proof", (Request request, ProveWithPin slice, CancellationToken stop) => slice.ProveAsync(request.Pin, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<SealedProof>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Accounts")
            .WithSummary("Prove presence with the PIN; the proof starts machines for five minutes");

    public async Task<Outcome<SealedProof>> ProveAsync(string? pin, CancellationToken stop)
    {
        if (current.OrNull is not { Account: var id }) return new Refusal("SignInNeeded");
        using var turn = await turns.TakeAsync($"pin/{id}", stop);
        var now = clock.GetUtcNow();
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsDisabled, stop);
        if (account is null) return new Refusal("SignInNeeded");
        if (account.Person is not { } person || account.PinHash is null) return new Refusal("PinMissing");
        if (account.PinLock.IsLocked(now)) return Locked(account);
        if (!credentials.IsPin(account, pin?.Trim() ?? ""))
        {
            var locked = account.PinLock.Fail(now);
            db.Context.Audit(locked ? "accounts.pin.locked" : "accounts.pin.failed", $"account/{id}", new { account.PinLock.Failures });
            await db.Context.SaveAsync(stop);
            return locked
                ? Locked(account)
                : Refusal.OfField("pin", "PinWrong") with { Measured = FactValue.Count(account.PinLock.Failures), Limit = FactValue.Count(FailureLock.MostFailures) };
        }

        if (account.PinLock.Failures > 0)
        {
            account.PinLock.Clear();
            await db.Context.SaveAsync(stop);
        }

        var proof = new PersonProof(id, person, now, "pin");
        return new SealedProof(proofs.Seal(proof, account.SecurityStamp), now + rules.Demand(ProofQuestions.Age, new RuleCase(calendar.DateOf(now))).Span);
    }

    private static Refusal Locked(Account account) =>
        new("PinLocked") { Measured = FactValue.Of(account.PinLock.LockedUntil ?? default), Limit = FactValue.Of(FailureLock.Duration) };
}
