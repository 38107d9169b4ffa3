using Anlan.Accounts.Credentials;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>The word of whoever has seen the person: confirming makes the account, for the check code that the welder shows; refusing drops the claim.</summary>
internal sealed class DecideCertificateClaim(
    AccountsDb db, AccountIndex index, RoleBook roles, IPeople people, CredentialBox credentials, PersonalFields fields, Turns turns, CurrentActor current, CurrentScope scope, TimeProvider clock)
{
    /// <param name="Code">The check code that the welder shows.</param>
    public sealed record Confirmation(string? Code);

    public sealed record Confirmed(Guid Account, string UserName);

    public sealed record Rejection(string? Reason);

    public sealed record Refused(Guid Claim);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/certificate-claims/{certificateClaim:guid}/confirm", (Guid certificateClaim, Confirmation request, DecideCertificateClaim slice, CancellationToken stop) => slice.ConfirmAsync(certificateClaim, request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Confirmed>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Confirm a claim by certificate with the code that the welder shows; this makes the account");
        api.MapPost("/certificate-claims/{certificateClaim:guid}/refuse", (Guid certificateClaim, Rejection request, DecideCertificateClaim slice, CancellationToken stop) => slice.RefuseAsync(certificateClaim, request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Refused>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Refuse a claim by certificate");
    }

    public async Task<Outcome<Confirmed>> ConfirmAsync(Guid id, Confirmation request, CancellationToken stop)
    {
        using var turn = await turns.TakeAsync($"certificate-claim/{id}", stop);
        if (await FindAsync(id, stop) is not { } claim) return new Refusal("CertificateClaimUnknown");
        var now = clock.GetUtcNow();
        if (claim.Lock.IsLocked(now)) return Locked(claim);
        if (!InvitationCode.Matches(fields, id, request.Code, claim.CodeHash, ClaimByCertificate.CodePurpose))
        {
            var isLocked = claim.Lock.Fail(now);
            db.Context.Audit("accounts.claim.codewrong", $"person/{claim.Person.Value}", new { claim = id, claim.Lock.Failures });
            await db.Context.TrySaveAsync(stop);
            return isLocked ? Locked(claim) : new Refusal("CheckCodeWrong") { Measured = FactValue.Count(claim.Lock.Failures), Limit = FactValue.Count(FailureLock.MostFailures) };
        }

        if (index.FindByPerson(claim.Person) is not null) return new Refusal("PersonHasAccount");
        var account = new Account { Id = id, UserName = claim.UserName, Role = RoleNames.Welder, Person = claim.Person, PasswordHash = claim.PasswordHash, PinHash = claim.PinHash, CreatedAt = now };
        if (await credentials.AddHashedAsync(account) is { } taken) return taken with { Field = null };
        // A second claim for the same person, or a slip that still serves, would be a second key to the same account.
        db.CertificateClaims.RemoveRange(await db.CertificateClaims.Where(c => c.Person == claim.Person).ToListAsync(stop));
        foreach (var open in await db.Invitations.Where(i => i.Person == claim.Person && i.ClosedAt == null).ToListAsync(stop)) open.ClosedAt = now;
        db.Context.Audit("accounts.claim.confirmed", $"person/{claim.Person.Value}", new { claim = id, account = id });
        return await db.Context.TrySaveAsync(stop) ? new Confirmed(id, claim.UserName) : new Refusal("ChangedMeanwhile");
    }

    public async Task<Outcome<Refused>> RefuseAsync(Guid id, Rejection request, CancellationToken stop)
    {
        using var turn = await turns.TakeAsync($"certificate-claim/{id}", stop);
        if (await FindAsync(id, stop) is not { } claim) return new Refusal("CertificateClaimUnknown");
        if (Reason.Check(request.Reason) is { } refusal) return refusal;
        db.CertificateClaims.Remove(claim);
        db.Context.Audit("accounts.claim.refused", $"person/{claim.Person.Value}", new { claim = id, reason = request.Reason!.Trim() });
        return await db.Context.TrySaveAsync(stop) ? new Refused(id) : new Refusal("ChangedMeanwhile");
    }

    // What lies outside the actor's scope, is over, or would be a post that the actor may not fill, does not exist for the actor.
    private async Task<CertificateClaim?> FindAsync(Guid id, CancellationToken stop) =>
        await db.CertificateClaims.SingleOrDefaultAsync(c => c.Id == id, stop) is { } claim && clock.GetUtcNow() < claim.ExpiresAt && people.IsWithin(claim.Person, scope.Now) && InvitationRules.IsOpenTo(roles, current.Actor, RoleNames.Welder) ? claim : null;

    private static Refusal Locked(CertificateClaim claim) => new("CheckCodeLocked") { Measured = FactValue.Of(claim.Lock.LockedUntil ?? default), Limit = FactValue.Of(FailureLock.Duration) };
}
