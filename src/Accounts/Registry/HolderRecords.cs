using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Registry;

/// <summary>What Accounts keeps of a person: the account with its secrets, and invitations. An erasure takes both; open pages and proofs end with it.</summary>
internal sealed class HolderRecords(AccountsDb db, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Person == person).ToListAsync(stop);
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.Person == person).OrderBy(i => i.CreatedAt).ToListAsync(stop);
        return
        [
            new PersonSection("account", ["userName", "role", "createdAt", "lastSignInAt", "disabled"], [.. accounts.Select(a => (string?[])[a.UserName, a.Role, At(a.CreatedAt), At(a.LastSignInAt), a.IsDisabled ? "1" : "0"])]),
            new PersonSection("invitations", ["createdAt", "expiresAt", "closedAt"], [.. invitations.Select(i => (string?[])[At(i.CreatedAt), At(i.ExpiresAt), At(i.ClosedAt)])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) =>
    [
        new ErasureLine("account", await db.Accounts.CountAsync(a => a.Person == person, stop), IsErased: true),
        new ErasureLine("invitations", await db.Invitations.CountAsync(i => i.Person == person, stop), IsErased: true),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        db.Accounts.RemoveRange(await db.Accounts.Where(a => a.Person == person).ToListAsync(stop));
        db.Invitations.RemoveRange(await db.Invitations.Where(i => i.Person == person).ToListAsync(stop));
    }

    private string? At(DateTimeOffset? at) => at is { } moment ? calendar.Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;
}
