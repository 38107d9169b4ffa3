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

/// <summary>
/// Whoever must give a second factor and has none enrols the first one right after the password. Never for an account that has one: otherwise the
/// password alone would be enough to add another and come in by it.
/// </summary>
internal sealed class EnrolAtSignIn(AccountsDb db, FactorBox factors, Passkeys passkeys, AuthenticatorSetup setup, SessionDesk sessions, Turns turns, AccountIndex index)
{
    public sealed record AuthenticatorRequest(string? Offer, string? Code, string? Name);

    public sealed record PasskeyRequest(string? Challenge, string? Answer, string? Name);

    public sealed record Offered(string Offer, string Secret, string Uri);

    /// <param name="Entry">The session.</param>
    /// <param name="RecoveryCodes">In plain, shown this once.</param>
    public sealed record Enrolled(Entry.Open Entry, IReadOnlyList<string> RecoveryCodes);

    /// <param name="SignedIn">Who is signed in now.</param>
    /// <param name="RecoveryCodes">In plain, shown this once.</param>
    public sealed record Answer(SignIn.SignedIn SignedIn, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/sign-in/enrolment/authenticator/offer", async (EnrolAtSignIn slice, HalfEntry half, HttpContext http, CancellationToken stop) =>
                half.Read(http) is { } account ? await slice.OfferAsync(account, stop).ToAnswerAsync() : AccountAnswers.Problem(new Refusal("SignInNeeded")))
            .AllowAnonymous().Produces<Offered>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("A secret for an authenticator app, for whoever must enrol before signing in");
        api.MapPost("/sign-in/enrolment/authenticator", (AuthenticatorRequest request, EnrolAtSignIn slice, HalfEntry half, HttpContext http, CancellationToken stop) =>
                AnswerAsync(half, http, account => slice.AuthenticatorAsync(account, request, Device.Of(http), stop)))
            .AllowAnonymous().Produces<Answer>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Enrol an authenticator app and sign in; recovery codes are told once");
        api.MapPost("/sign-in/enrolment/passkey/question", async (EnrolAtSignIn slice, HalfEntry half, HttpContext http, CancellationToken stop) =>
                half.Read(http) is { } account ? await slice.AskAsync(account, stop).ToAnswerAsync() : AccountAnswers.Problem(new Refusal("SignInNeeded")))
            .AllowAnonymous().Produces<PasskeyQuestion>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("What to ask for a new passkey, for whoever must enrol before signing in");
        api.MapPost("/sign-in/enrolment/passkey", (PasskeyRequest request, EnrolAtSignIn slice, HalfEntry half, HttpContext http, CancellationToken stop) =>
                AnswerAsync(half, http, account => slice.PasskeyAsync(account, request, Device.Of(http), stop)))
            .AllowAnonymous().Produces<Answer>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Enrol a passkey and sign in; recovery codes are told once");
    }

    public async Task<Outcome<Offered>> OfferAsync(AccountFacts half, CancellationToken stop)
    {
        if (await factors.HasAnyAsync(half.Id, stop)) return new Refusal("FactorExists");
        var offer = setup.Offer(half);
        return new Offered(offer.Sealed, offer.Secret, offer.Uri);
    }

    public async Task<Outcome<PasskeyQuestion>> AskAsync(AccountFacts half, CancellationToken stop)
    {
        if (await factors.HasAnyAsync(half.Id, stop)) return new Refusal("FactorExists");
        return await db.Accounts.SingleOrDefaultAsync(a => a.Id == half.Id && !a.IsDisabled, stop) is { } account ? await passkeys.AskForNewAsync(account) : new Refusal("SignInNeeded");
    }

    public Task<Outcome<Enrolled>> AuthenticatorAsync(AccountFacts half, AuthenticatorRequest request, Device device, CancellationToken stop) =>
        EnrolAsync(half, device, FactorUsed.Authenticator, account => factors.AddAuthenticatorAsync(account, request.Offer, request.Code, request.Name, stop), stop);

    public Task<Outcome<Enrolled>> PasskeyAsync(AccountFacts half, PasskeyRequest request, Device device, CancellationToken stop) =>
        EnrolAsync(half, device, FactorUsed.Passkey, account => factors.AddPasskeyAsync(account, request.Challenge, request.Answer, request.Name, stop), stop);

    private async Task<Outcome<Enrolled>> EnrolAsync(AccountFacts half, Device device, FactorUsed used, Func<Account, Task<Outcome<Factor>>> add, CancellationToken stop)
    {
        using var turn = await turns.TakeAsync($"factor/{half.Id}", stop);
        if (index.FindInForce(half.Id, half.Stamp) is null || await db.Accounts.SingleOrDefaultAsync(a => a.Id == half.Id && !a.IsDisabled, stop) is not { } account) return new Refusal("SignInNeeded");
        if (await factors.HasAnyAsync(account.Id, stop)) return new Refusal("FactorExists");
        var session = await sessions.BeginAsync(account, used, device, stop);
        var added = await add(account);
        if (!added.IsDone) return Outcome<Enrolled>.Refused(added.Refusals);
        var codes = await factors.MakeMissingRecoveryCodesAsync(account.Id, stop);
        return await db.Context.TrySaveAsync(stop) && index.Find(account.Id) is { } facts
            ? new Enrolled(new Entry.Open(facts, session.Id, session.BegunAt, session.EndsAt, used), codes)
            : new Refusal("ChangedMeanwhile");
    }

    private static async Task<IResult> AnswerAsync(HalfEntry half, HttpContext http, Func<AccountFacts, Task<Outcome<Enrolled>>> step)
    {
        if (half.Read(http) is not { } account) return AccountAnswers.Problem(new Refusal("SignInNeeded"));
        var outcome = await step(account);
        if (!outcome.IsDone) return AccountAnswers.Problem(outcome.Refusals);
        await SignIn.GiveAsync(http, outcome.Value.Entry);
        return Results.Ok(new Answer(SignIn.SignedIn.Of(outcome.Value.Entry), outcome.Value.RecoveryCodes));
    }
}
