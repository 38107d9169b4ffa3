using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Registry;

/// <summary>
/// What Accounts keeps of a person: the account with its secrets and factors, sign-ins, resets, delegations and invitations. An erasure takes all of it; open pages and proofs
/// end with it.
/// </summary>
internal sealed class HolderRecords(AccountsDb db, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Person == person).ToListAsync(stop);
        var ids = accounts.ConvertAll(a => a.Id);
        var signIns = await db.Sessions.AsNoTracking().Where(s => ids.Contains(s.Account)).OrderBy(s => s.BegunAt).ToListAsync(stop);
        var factors = await db.Factors.AsNoTracking().Where(f => ids.Contains(f.Account)).OrderBy(f => f.CreatedAt).ToListAsync(stop);
        var resets = await db.Resets.AsNoTracking().Where(r => ids.Contains(r.Account)).OrderBy(r => r.AskedAt).ToListAsync(stop);
        var delegations = await db.Delegations.AsNoTracking().Where(d => ids.Contains(d.Holder) || ids.Contains(d.Delegate)).OrderBy(d => d.FirstDay).ToListAsync(stop);
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.Person == person).OrderBy(i => i.CreatedAt).ToListAsync(stop);
        var claims = await db.CertificateClaims.AsNoTracking().Where(c => c.Person == person).OrderBy(c => c.AskedAt).ToListAsync(stop);
        return
        [
            new PersonSection("account", ["userName", "role", "createdAt", "lastSignInAt", "disabled"], [.. accounts.Select(a => (string?[])[a.UserName, a.Role, At(a.CreatedAt), At(a.LastSignInAt), a.IsDisabled ? "1" : "0"])]),
            new PersonSection("signIns", ["begunAt", "lastSeenAt", "endedAt", "address", "device"], [.. signIns.Select(s => (string?[])[At(s.BegunAt), At(s.LastSeenAt), At(s.EndedAt), s.Address, s.Device])]),
            new PersonSection("factors", ["kind", "name", "createdAt", "lastUsedAt"], [.. factors.Select(f => (string?[])[f.Kind.ToString(), f.Name, At(f.CreatedAt), At(f.LastUsedAt)])]),
            new PersonSection("resets", ["askedAt", "reason", "decidedAt"], [.. resets.Select(r => (string?[])[At(r.AskedAt), r.Reason, At(r.DecidedAt)])]),
            new PersonSection("delegations", ["firstDay", "lastDay", "number", "title", "text"], [.. delegations.Select(d => (string?[])[d.FirstDay.Day(), d.LastDay.Day(), d.Number, d.Title, d.Text])]),
            new PersonSection("certificateClaims", ["userName", "createdAt", "expiresAt"], [.. claims.Select(c => (string?[])[c.UserName, At(c.AskedAt), At(c.ExpiresAt)])]),
            new PersonSection("invitations", ["createdAt", "expiresAt", "closedAt"], [.. invitations.Select(i => (string?[])[At(i.CreatedAt), At(i.ExpiresAt), At(i.ClosedAt)])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) =>
    [
        new ErasureLine("account", await db.Accounts.CountAsync(a => a.Person == person, stop), IsErased: true),
        new ErasureLine("certificateClaims", await db.CertificateClaims.CountAsync(c => c.Person == person, stop), IsErased: true),
        new ErasureLine("invitations", await db.Invitations.CountAsync(i => i.Person == person, stop), IsErased: true),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        var accounts = await db.Accounts.Where(a => a.Person == person).ToListAsync(stop);
        var ids = accounts.ConvertAll(a => a.Id);
        db.Accounts.RemoveRange(accounts);
        db.Sessions.RemoveRange(await db.Sessions.Where(s => ids.Contains(s.Account)).ToListAsync(stop));
        db.Factors.RemoveRange(await db.Factors.Where(f => ids.Contains(f.Account)).ToListAsync(stop));
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => ids.Contains(c.Account)).ToListAsync(stop));
        db.Resets.RemoveRange(await db.Resets.Where(r => ids.Contains(r.Account)).ToListAsync(stop));
        db.Delegations.RemoveRange(await db.Delegations.Where(d => ids.Contains(d.Holder) || ids.Contains(d.Delegate)).ToListAsync(stop));
        db.Keys.RemoveRange(await db.Keys.Where(k => ids.Contains(k.Account)).ToListAsync(stop));
        db.CertificateClaims.RemoveRange(await db.CertificateClaims.Where(c => c.Person == person).ToListAsync(stop));
        db.Invitations.RemoveRange(await db.Invitations.Where(i => i.Person == person).ToListAsync(stop));
    }

    private string? At(DateTimeOffset? at) => at is { } moment ? calendar.Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;
}
