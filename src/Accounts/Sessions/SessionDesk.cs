using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Sessions;

/// <summary>Begins and ends sessions in the transaction of whatever else happens; the slice saves.</summary>
internal sealed class SessionDesk(AccountsDb db, CurrentActor current, DoorRules doors, TimeProvider clock)
{
    /// <summary>Open sessions of an account at a time: a program that signs in again and again and never out must not fill memory and tables.</summary>
    public const int MostOpen = 50;

    /// <summary>A new session of an account that proved itself; from here on the account acts. Beyond <see cref="MostOpen"/> those end that were not used for longest.</summary>
    public async Task<SignInSession> BeginAsync(Account account, FactorUsed factor, Device device, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var unused = await db.Sessions.Where(s => s.Account == account.Id && s.EndedAt == null).OrderByDescending(s => s.LastSeenAt).Skip(MostOpen - 1).ToListAsync(stop);
        foreach (var old in unused) old.EndAt(now, SessionEnd.TooMany);
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(),
            Account = account.Id,
            Stamp = account.SecurityStamp,
            Factor = factor,
            BegunAt = now,
            LastSeenAt = now,
            EndsAt = now + doors.LongestOf(account.Role),
            Address = device.AddressText,
            Device = device.Words,
        };
        db.Sessions.Add(session);
        account.LastSignInAt = now;
        current.Actor = new Actor(account.Id, account.UserName ?? "", account.Role, account.Enterprise?.Value, account.Person?.Value, account.Organ?.Value);
        db.Context.Audit("accounts.signed-in", $"account/{account.Id}", new { session = session.Id, factor = factor.ToString() });
        return session;
    }

    /// <summary>Ends an account's open sessions except one; how many that were.</summary>
    public async Task<int> EndAllAsync(Guid account, Guid? except, SessionEnd end, CancellationToken stop)
    {
        var open = await db.Sessions.Where(s => s.Account == account && s.EndedAt == null && s.Id != except).ToListAsync(stop);
        foreach (var session in open) session.EndAt(clock.GetUtcNow(), end);
        return open.Count;
    }

    /// <summary>Ends everything that the account's credentials opened, cookies and proofs, but for the session in which its owner acts.</summary>
    public async Task KeepOnlyAsync(Account account, Guid? own, CancellationToken stop)
    {
        await EndAllAsync(account.Id, own, SessionEnd.CredentialsChanged, stop);
        CredentialBox.ChangeStamp(account);
        if (own is { } kept && await db.Sessions.SingleOrDefaultAsync(s => s.Id == kept && s.Account == account.Id && s.EndedAt == null, stop) is { } session) session.Stamp = account.SecurityStamp;
    }
}
