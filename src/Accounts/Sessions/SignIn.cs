using System.Net;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Sessions;

/// <summary>Opens a session with user name and password. Wrong name, wrong password and a locked account get the same answer after the same time.</summary>
internal sealed class SignIn(AccountsDb db, AccountIndex index, CredentialBox credentials, Turns turns, FailureBrake brake, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? UserName, string? Password);

    public sealed record SignedIn(Guid Account, string UserName, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in", async (Request request, SignIn slice, HttpContext http, CancellationToken stop) =>
        {
            var outcome = await slice.RunAsync(request, http.Connection.RemoteIpAddress, stop);
            if (!outcome.IsDone) return AccountAnswers.Problem(outcome.Refusals);
            await SessionCookie.GiveAsync(http, outcome.Value);
            return Results.Ok(new SignedIn(outcome.Value.Id, outcome.Value.UserName, [outcome.Value.Role]));
        }).AllowAnonymous().Produces<SignedIn>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Everybody).WithTags("Accounts").WithSummary("Sign in; the answer sets the cookie");

    /// <summary>The account if the password is right; the caller sets the cookie.</summary>
    public async Task<Outcome<AccountFacts>> RunAsync(Request request, IPAddress? from, CancellationToken stop)
    {
        var name = request.UserName?.Trim() ?? "";
        var password = request.Password ?? "";
        if (brake.IsOn(from)) return new Refusal("TooManyFailures");
        if (CredentialRules.CheckUserName(name) is not null || password.Length is 0 or > CredentialRules.LongestPassword)
        {
            brake.Fail(from);
            return new Refusal("SignInFailed");
        }

        using var turn = await turns.TakeAsync($"sign-in/{credentials.Normalize(name)}", stop);
        var now = clock.GetUtcNow();
        if (await credentials.FindByNameAsync(name) is not { } account || account.SignInLock.IsLocked(now))
        {
            credentials.PretendToCheck(password);
            return await FailAsync("accounts.sign-in.failed", null, from, stop);
        }

        if (!await credentials.IsPasswordAsync(account, password))
        {
            var isLocked = account.SignInLock.Fail(now);
            return await FailAsync(isLocked ? "accounts.sign-in.locked" : "accounts.sign-in.failed", account, from, stop);
        }

        if (account.IsDisabled) return new Refusal("AccountDisabled");
        account.SignInLock.Clear();
        account.LastSignInAt = now;
        var facts = await SaveAsync(account, stop);
        return facts is null ? new Refusal("ChangedMeanwhile") : facts;
    }

    // Every failure writes a row, or the missing write would tell which names exist.
    private async Task<Refusal> FailAsync(string action, Account? account, IPAddress? from, CancellationToken stop)
    {
        brake.Fail(from);
        db.Context.Audit(action, account is null ? "account/unknown" : $"account/{account.Id}", account is null ? null : new { account.SignInLock.Failures });
        await db.Context.TrySaveAsync(stop);
        return new Refusal("SignInFailed");
    }

    private async Task<AccountFacts?> SaveAsync(Account account, CancellationToken stop)
    {
        current.Actor = new Actor(account.Id, account.UserName ?? "", account.Role, account.Enterprise?.Value, account.Person?.Value, account.Organ?.Value);
        db.Context.Audit("accounts.signed-in", $"account/{account.Id}");
        return await db.Context.TrySaveAsync(stop) ? index.Find(account.Id) : null;
    }
}
