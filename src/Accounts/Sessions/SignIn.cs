using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Opens a session with user name and password, or half of one where a second factor is needed. Wrong name, wrong password and a locked account
/// get the same answer after the same time; only whoever knows the password hears more.
/// </summary>
internal sealed class SignIn(AccountsDb db, AccountIndex index, CredentialBox credentials, FactorBox factors, SessionDesk sessions, Turns turns, FailureBrake brake, DoorRules doors, TimeProvider clock)
{
    public sealed record Request(string? UserName, string? Password);

    public sealed record SignedIn(Guid Account, string UserName, IReadOnlyList<string> Roles)
    {
        public static SignedIn Of(Entry.Open entry) => new(entry.Account.Id, entry.Account.UserName, [entry.Account.Role]);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in", async (Request request, SignIn slice, HttpContext http, CancellationToken stop) =>
        {
            var outcome = await slice.RunAsync(request, Device.Of(http), stop);
            if (!outcome.IsDone) return AccountAnswers.Problem(outcome.Refusals);
            if (outcome.Value is Entry.Open entry) return await LetInAsync(http, entry);
            await GiveAsync(http, outcome.Value);
            return AccountAnswers.Problem(new Refusal(outcome.Value is Entry.Half { HasFactor: true } ? "SecondFactorNeeded" : "EnrolmentNeeded"));
        }).AllowAnonymous().Produces<SignedIn>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Everybody).WithTags("Accounts")
            .WithSummary("Sign in; the answer sets the cookie. SecondFactorNeeded: go on with /sign-in/code or /sign-in/passkey; EnrolmentNeeded: with /sign-in/enrolment/…");

    /// <summary>Gives the browser what it holds from now on: a session, or the note of half an entry.</summary>
    public static async Task GiveAsync(HttpContext http, Entry entry)
    {
        if (entry is Entry.Open open)
        {
            HalfEntry.Take(http);
            await SessionCookie.GiveAsync(http, open);
            return;
        }

        // Whoever signs in anew is not the one before.
        await SessionCookie.TakeAsync(http);
        http.RequestServices.GetRequiredService<HalfEntry>().Give(http, entry.Account);
    }

    /// <summary>Sets the cookie and tells who is signed in.</summary>
    public static async Task<IResult> LetInAsync(HttpContext http, Entry.Open entry)
    {
        await GiveAsync(http, entry);
        return Results.Ok(SignedIn.Of(entry));
    }

    /// <summary>How far this name and password lead; the caller sets the cookie.</summary>
    public async Task<Outcome<Entry>> RunAsync(Request request, Device device, CancellationToken stop)
    {
        var name = request.UserName?.Trim() ?? "";
        var password = request.Password ?? "";
        if (brake.IsOn(device.Address)) return new Refusal("TooManyFailures");
        if (CredentialRules.CheckUserName(name) is not null || password.Length is 0 or > CredentialRules.LongestPassword)
        {
            brake.Fail(device.Address);
            return new Refusal("SignInFailed");
        }

        using var turn = await turns.TakeAsync($"sign-in/{credentials.Normalize(name)}", stop);
        var now = clock.GetUtcNow();
        // An account whose reset was confirmed has no password until its owner sets one.
        if (await credentials.FindByNameAsync(name) is not { PasswordHash: not null } account || account.SignInLock.IsLocked(now))
        {
            credentials.PretendToCheck(password);
            return await FailAsync("accounts.sign-in.failed", null, device, stop);
        }

        if (!await credentials.IsPasswordAsync(account, password))
        {
            var isLocked = account.SignInLock.Fail(now);
            return await FailAsync(isLocked ? "accounts.sign-in.locked" : "accounts.sign-in.failed", account, device, stop);
        }

        if (account.IsDisabled) return new Refusal("AccountDisabled");
        account.SignInLock.Clear();
        return await LetInAsync(account, device, stop);
    }

    // Every failure writes a row, or the missing write would tell which names exist.
    private async Task<Refusal> FailAsync(string action, Account? account, Device device, CancellationToken stop)
    {
        brake.Fail(device.Address);
        db.Context.Audit(action, account is null ? "account/unknown" : $"account/{account.Id}", account is null ? null : new { account.SignInLock.Failures });
        await db.Context.TrySaveAsync(stop);
        return new Refusal("SignInFailed");
    }

    private async Task<Outcome<Entry>> LetInAsync(Account account, Device device, CancellationToken stop)
    {
        var hasFactor = await factors.HasAnyAsync(account.Id, stop);
        if (hasFactor || doors.DemandsSecondFactor(account.Role))
        {
            db.Context.Audit("accounts.password-given", $"account/{account.Id}", new { hasFactor });
            return await db.Context.TrySaveAsync(stop) && index.Find(account.Id) is { } half ? new Entry.Half(half, hasFactor) : new Refusal("ChangedMeanwhile");
        }

        var session = await sessions.BeginAsync(account, FactorUsed.None, device, stop);
        return await db.Context.TrySaveAsync(stop) && index.Find(account.Id) is { } facts
            ? new Entry.Open(facts, session.Id, session.BegunAt, session.EndsAt, FactorUsed.None)
            : new Refusal("ChangedMeanwhile");
    }
}
