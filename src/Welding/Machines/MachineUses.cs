using Anlan.Contracts.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Machines;

/// <summary>Enterprises and people that own or use machines, and people who worked at them.</summary>
internal sealed class MachineUses(WeldingDb db) : IRecordUses
{
    public async Task<IReadOnlySet<EnterpriseId>> OfAsync(IReadOnlyCollection<EnterpriseId> enterprises, CancellationToken stop)
    {
        var users = await db.Machines.Where(m => enterprises.Contains(m.UserEnterprise)).Select(m => m.UserEnterprise).Distinct().ToListAsync(stop);
        var owners = await db.Machines.Where(m => m.OwnerEnterprise != null && enterprises.Contains(m.OwnerEnterprise.Value)).Select(m => m.OwnerEnterprise!.Value).Distinct().ToListAsync(stop);
        var lenders = await db.Loans.Where(l => enterprises.Contains(l.Enterprise)).Select(l => l.Enterprise).Distinct().ToListAsync(stop);
        var returned = await db.Loans.Where(l => enterprises.Contains(l.ReturnsTo)).Select(l => l.ReturnsTo).Distinct().ToListAsync(stop);
        return users.Concat(owners).Concat(lenders).Concat(returned).ToHashSet();
    }

    public async Task<IReadOnlySet<PersonId>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken stop)
    {
        var owners = await db.Machines.Where(m => m.OwnerPerson != null && people.Contains(m.OwnerPerson.Value)).Select(m => m.OwnerPerson!.Value).Distinct().ToListAsync(stop);
        var workers = await db.Sessions.Where(s => people.Contains(s.Person)).Select(s => s.Person).Distinct().ToListAsync(stop);
        return owners.Concat(workers).ToHashSet();
    }
}
