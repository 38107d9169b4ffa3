using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Credentials;

/// <summary>
/// Lets only the owner change how the account is protected: a browser that was left open is not enough, the password is asked for again and counted
/// like at the door.
/// </summary>
internal sealed class OwnerCheck(AccountsDb db, CredentialBox credentials, Turns turns, SessionCheck sessions, CurrentActor current, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>The session in which the owner acts.</summary>
    public Guid? OwnSession => sessions.FindOpen(http.HttpContext?.User)?.Id;

    /// <summary>Does something in the owner's turn after the password was right.</summary>
    public async Task<Outcome<T>> RunAsync<T>(string? password, Func<Account, Task<Outcome<T>>> act, CancellationToken stop)
    {
        if (current.OrNull is not { } actor) return new Refusal("SignInNeeded");
        using var turn = await turns.TakeAsync($"sign-in/{credentials.Normalize(actor.Name)}", stop);
        var now = clock.GetUtcNow();
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == actor.Account && !a.IsDisabled, stop) is not { } account) return new Refusal("SignInNeeded");
        if (account.SignInLock.IsLocked(now)) return Locked(account);
        if (password is not { Length: > 0 and <= CredentialRules.LongestPassword } || !await credentials.IsPasswordAsync(account, password))
        {
            var isLocked = account.SignInLock.Fail(now);
            db.Context.Audit(isLocked ? "accounts.password.locked" : "accounts.password.failed", $"account/{account.Id}", new { account.SignInLock.Failures });
            await db.Context.TrySaveAsync(stop);
            return isLocked ? Locked(account) : Refusal.OfField("password", "PasswordWrong") with { Measured = FactValue.Count(account.SignInLock.Failures), Limit = FactValue.Count(FailureLock.MostFailures) };
        }

        account.SignInLock.Clear();
        return await act(account);
    }

    private static Refusal Locked(Account account) => new("PasswordLocked") { Measured = FactValue.Of(account.SignInLock.LockedUntil ?? default), Limit = FactValue.Of(FailureLock.Duration) };
}
