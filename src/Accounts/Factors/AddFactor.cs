using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Factors;

/// <summary>Enrols a further factor for whoever is signed in, after the password was given again.</summary>
internal sealed class AddFactor(AccountsDb db, FactorBox factors, Passkeys passkeys, AuthenticatorSetup setup, OwnerCheck owner, AccountIndex index, CurrentActor current)
{
    public sealed record AuthenticatorRequest(string? Password, string? Offer, string? Code, string? Name);

    public sealed record PasskeyRequest(string? Password, string? Challenge, string? Answer, string? Name);

    /// <param name="Factor">Its id.</param>
    /// <param name="RecoveryCodes">In plain, shown this once; empty when the account has some.</param>
    public sealed record Added(Guid Factor, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/authenticators/offer", async (AddFactor slice) => await Task.FromResult(slice.Offer()).ToAnswerAsync())
            .RequireAuthorization().Produces<EnrolAtSignIn.Offered>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("A secret for a further authenticator app");
        api.MapPost("/me/authenticators", (AuthenticatorRequest request, AddFactor slice, CancellationToken stop) => slice.AuthenticatorAsync(request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Added>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Enrol an authenticator app with its first code");
        api.MapPost("/me/passkeys/question", (AddFactor slice, CancellationToken stop) => slice.AskAsync(stop).ToAnswerAsync())
            .RequireAuthorization().Produces<PasskeyQuestion>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("What to ask for a new passkey");
        api.MapPost("/me/passkeys", (PasskeyRequest request, AddFactor slice, CancellationToken stop) => slice.PasskeyAsync(request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Added>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Enrol a passkey");
    }

    public Outcome<EnrolAtSignIn.Offered> Offer()
    {
        if (index.Find(current.Actor.Account) is not { } account) return new Refusal("SignInNeeded");
        var offer = setup.Offer(account);
        return new EnrolAtSignIn.Offered(offer.Sealed, offer.Secret, offer.Uri);
    }

    public async Task<Outcome<PasskeyQuestion>> AskAsync(CancellationToken stop) =>
        await db.Accounts.SingleOrDefaultAsync(a => a.Id == current.Actor.Account, stop) is { } account ? await passkeys.AskForNewAsync(account) : new Refusal("SignInNeeded");

    public Task<Outcome<Added>> AuthenticatorAsync(AuthenticatorRequest request, CancellationToken stop) =>
        owner.RunAsync(request.Password, account => KeepAsync(account, factors.AddAuthenticatorAsync(account, request.Offer, request.Code, request.Name, stop), stop), stop);

    public Task<Outcome<Added>> PasskeyAsync(PasskeyRequest request, CancellationToken stop) =>
        owner.RunAsync(request.Password, account => KeepAsync(account, factors.AddPasskeyAsync(account, request.Challenge, request.Answer, request.Name, stop), stop), stop);

    private async Task<Outcome<Added>> KeepAsync(Account account, Task<Outcome<Factor>> adding, CancellationToken stop)
    {
        var added = await adding;
        if (!added.IsDone) return Outcome<Added>.Refused(added.Refusals);
        var codes = await factors.MakeMissingRecoveryCodesAsync(account.Id, stop);
        return await db.Context.TrySaveAsync(stop) ? new Added(added.Value.Id, codes) : new Refusal("ChangedMeanwhile");
    }
}
