using Anlan.Contracts.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Registry;

/// <summary>Enterprises and people for whom somebody has an account or an invitation, and enterprises that an organ was assigned.</summary>
internal sealed class AccountUses(AccountsDb db) : IRecordUses
{
    public async Task<IReadOnlySet<EnterpriseId>> OfAsync(IReadOnlyCollection<EnterpriseId> enterprises, CancellationToken stop)
    {
        var accounts = await db.Accounts.Where(a => a.Enterprise != null && enterprises.Contains(a.Enterprise.Value)).Select(a => a.Enterprise!.Value).Distinct().ToListAsync(stop);
        var invited = await db.Invitations.Where(i => i.Enterprise != null && enterprises.Contains(i.Enterprise.Value)).Select(i => i.Enterprise!.Value).Distinct().ToListAsync(stop);
        var assigned = await db.Assignments.Where(a => a.Enterprise != null && enterprises.Contains(a.Enterprise.Value)).Select(a => a.Enterprise!.Value).Distinct().ToListAsync(stop);
        return accounts.Concat(invited).Concat(assigned).ToHashSet();
    }

    public async Task<IReadOnlySet<PersonId>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken stop)
    {
        var accounts = await db.Accounts.Where(a => a.Person != null && people.Contains(a.Person.Value)).Select(a => a.Person!.Value).Distinct().ToListAsync(stop);
        var invited = await db.Invitations.Where(i => i.Person != null && people.Contains(i.Person.Value)).Select(i => i.Person!.Value).Distinct().ToListAsync(stop);
        var claimed = await db.CertificateClaims.Where(c => people.Contains(c.Person)).Select(c => c.Person).Distinct().ToListAsync(stop);
        return accounts.Concat(invited).Concat(claimed).ToHashSet();
    }
}
