using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Invitations;

/// <summary>Adds an invitation to the caller's unit of work: it closes older ones, is in the audit and told by message; its code is known here only once. The caller saves.</summary>
internal sealed class NewInvitation(AccountsDb db, FactorBox factors, SessionDesk sessions, PersonalFields fields, InvitationMessage message, CurrentActor current, TimeProvider clock)
{
    /// <summary>To whom the account belongs.</summary>
    public sealed record Owner(OrganId? Organ = null, EnterpriseId? Enterprise = null, PersonId? Person = null);

    /// <param name="role">Role of the account.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="displayName">Name on screens; null for welders.</param>
    /// <param name="account">The account to set anew, or null for a new one. Its password, PIN, factors, sessions and proofs end with the caller's save.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<(Guid Id, string Code, DateTimeOffset ExpiresAt)> AddAsync(string role, Owner owner, string? displayName, Guid? account, CancellationToken stop)
    {
        var (organ, enterprise, person) = owner;
        var now = clock.GetUtcNow();
        var older = await db.Invitations.Where(i => i.ClosedAt == null && ((person != null && i.Person == person) || (account != null && i.Account == account))).ToListAsync(stop);
        foreach (var replaced in older) replaced.ClosedAt = now;
        if (account is { } reset) await EndOldAsync(reset, stop);

        var (id, code) = (Guid.CreateVersion7(), InvitationCode.Make());
        db.Invitations.Add(new Invitation
        {
            Id = id,
            Role = role,
            Organ = organ,
            Enterprise = enterprise,
            Person = person,
            DisplayName = displayName,
            Account = account,
            CodeHash = InvitationCode.Hash(fields, id, code),
            CreatedBy = current.Actor.Account,
            CreatedAt = now,
            ExpiresAt = now + Invitation.Lifetime,
        });
        db.Context.Audit("accounts.invited", person is { } p ? $"person/{p.Value}" : $"invitation/{id}", new { invitation = id, role, organ = organ?.Value, enterprise = enterprise?.Value, account });
        if (person is { } told) await message.AddAsync(told, id, isReset: account is not null, now + Invitation.Lifetime, stop);
        return (id, code, now + Invitation.Lifetime);
    }

    // Whoever found the phone or saw the PIN is out before the slip is printed, not only when its owner uses the code.
    private async Task EndOldAsync(Guid id, CancellationToken stop)
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == id, stop);
        (account.PasswordHash, account.PinHash) = (null, null);
        account.SignInLock.Clear();
        account.PinLock.Clear();
        account.FactorLock.Clear();
        CredentialBox.ChangeStamp(account);
        await factors.ForgetAllAsync(id, stop);
        await sessions.EndAllAsync(id, except: null, SessionEnd.CredentialsChanged, stop);
        db.Context.Audit("accounts.credentials.ended", $"account/{id}", null);
    }
}
