using System.Net;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Invitations;

/// <summary>
/// Turns an invitation into an account, or into a new password and PIN of an existing one. Every mismatch (number, code, used, expired,
/// locked) gets the same answer: whoever guesses learns nothing.
/// </summary>
internal sealed class ClaimAccount(
    AccountsDb db, IQualifications qualifications, CredentialBox credentials, PasswordCheck passwords, FactorBox factors, SessionDesk sessions, PersonalFields fields, Turns turns, FailureBrake brake, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? CertificateNumber, Guid? Invitation, string? Code, string? UserName, string? Password, string? Pin);

    /// <param name="Account">The account.</param>
    /// <param name="UserName">What to sign in with: an existing account keeps its name.</param>
    public sealed record Claimed(Guid Account, string UserName);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/claims", (Request request, ClaimAccount slice, HttpContext http, CancellationToken stop) => slice.RunAsync(request, http.Connection.RemoteIpAddress, stop).ToAnswerAsync())
            .AllowAnonymous().Produces<Claimed>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Everybody).WithTags("Accounts").WithSummary("Claim an account with the printed code");

    public async Task<Outcome<Claimed>> RunAsync(Request request, IPAddress? from, CancellationToken stop)
    {
        if (brake.IsOn(from)) return new Refusal("TooManyFailures");
        if (CheckForm(request) is { Count: > 0 } refusals) return Outcome<Claimed>.Refused(refusals);

        var holder = request.CertificateNumber?.Trim() is { Length: > 0 } number ? qualifications.FindHolder(number) : null;
        var id = request.Invitation ?? await FindOpenAsync(holder, stop);
        using var turn = await turns.TakeAsync($"claim/{id}", stop);
        var now = clock.GetUtcNow();
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == id, stop);
        // The code is hashed and compared also when there is no invitation, so that the answer takes as long.
        var isCode = InvitationCode.Matches(fields, id, request.Code, invitation?.CodeHash ?? new string('-', 64));
        if (invitation is null || !invitation.IsOpen(now)) return await FailAsync("accounts.claim.failed", null, from, stop);
        // Only a welder holds a certificate for certain; the others come by the link on their slip.
        var isHolder = invitation.Person == holder || (holder is null && request.Invitation is not null && invitation.Role != RoleNames.Welder);
        if (!isCode || !isHolder)
        {
            var locked = invitation.Lock.Fail(now);
            return await FailAsync(locked ? "accounts.claim.locked" : "accounts.claim.failed", invitation, from, stop);
        }

        if (invitation.Role == RoleNames.Welder && request.Pin is null) return Refusal.OfField("pin", "PinInvalid");
        return await UseAsync(invitation, request, now, stop);
    }

    private List<Refusal> CheckForm(Request request)
    {
        Refusal?[] found =
        [
            string.IsNullOrWhiteSpace(request.Code) ? Refusal.OfField("code", "CodeMissing") : null,
            string.IsNullOrWhiteSpace(request.CertificateNumber) && request.Invitation is null ? Refusal.OfField("certificateNumber", "CertificateNumberMissing") : null,
            string.IsNullOrWhiteSpace(request.UserName) ? null : CredentialRules.CheckUserName(request.UserName),
            passwords.Check(request.Password, request.UserName),
            request.Pin is null ? null : CredentialRules.CheckPin(request.Pin.Trim()),
        ];
        return [.. found.OfType<Refusal>()];
    }

    private async Task<Guid> FindOpenAsync(PersonId? holder, CancellationToken stop) => await db.Invitations.AsNoTracking()
        .Where(i => holder != null && i.Person == holder && i.ClosedAt == null).OrderByDescending(i => i.CreatedAt).Select(i => i.Id).FirstOrDefaultAsync(stop);

    // Every failure writes a row, or the missing write would tell which invitations are open.
    private async Task<Refusal> FailAsync(string action, Invitation? invitation, IPAddress? from, CancellationToken stop)
    {
        brake.Fail(from);
        db.Context.Audit(action, invitation is null ? "invitation/unknown" : $"invitation/{invitation.Id}", invitation is null ? null : new { invitation.Lock.Failures });
        await db.Context.TrySaveAsync(stop);
        return new Refusal("ClaimMismatch");
    }

    private async Task<Outcome<Claimed>> UseAsync(Invitation invitation, Request request, DateTimeOffset now, CancellationToken stop)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(
            a => a.Id == invitation.Account || (invitation.Person != null && a.Person == invitation.Person), stop);
        var isNew = account is null;
        if (account is { IsDisabled: true }) return new Refusal("AccountDisabled");
        if (account is null)
        {
            if (CredentialRules.CheckUserName(request.UserName) is { } nameless) return nameless;
            account = new Account
            {
                Id = Guid.CreateVersion7(),
                UserName = request.UserName!.Trim(),
                DisplayName = invitation.DisplayName,
                Role = invitation.Role,
                Organ = invitation.Organ,
                Enterprise = invitation.Enterprise,
                Person = invitation.Person,
                CreatedAt = now,
            };
            if (await credentials.AddAsync(account, request.Password!) is { } taken) return taken;
        }
        else
        {
            credentials.ReplacePassword(account, request.Password!);
            // Whoever lost the phone with the password enrols anew.
            await factors.ForgetAllAsync(account.Id, stop);
            await sessions.EndAllAsync(account.Id, except: null, SessionEnd.CredentialsChanged, stop);
        }

        if (account.Person is not null && request.Pin is { } pin) credentials.ReplacePin(account, pin.Trim());
        invitation.ClosedAt = now;
        if (await db.Resets.SingleOrDefaultAsync(r => r.Invitation == invitation.Id, stop) is { } reset) reset.UsedAt = now;
        current.Actor = new Actor(account.Id, account.UserName ?? "", account.Role, account.Enterprise?.Value, account.Person?.Value, account.Organ?.Value);
        db.Context.Audit(isNew ? "accounts.claimed" : "accounts.reset", $"account/{account.Id}", new { invitation = invitation.Id });
        return await db.Context.TrySaveAsync(stop) ? new Claimed(account.Id, account.UserName!) : new Refusal("ChangedMeanwhile");
    }
}
