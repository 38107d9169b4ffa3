using System.Collections.Concurrent;
using System.Collections.Immutable;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Data;

namespace Anlan.Welding.Loans;

/// <summary>A loan that is not over.</summary>
internal sealed record LoanFacts(Guid Id, MachineId Machine, LoanKind Kind, EnterpriseId Enterprise, EnterpriseId ReturnsTo, DateOnly From, DateOnly To, bool IsOn)
{
    /// <summary>True on the days of the loan, both ends included.</summary>
    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <summary>All loans that are not over, in memory: a start looks at the day itself and waits for no job.</summary>
internal sealed class LoanIndex : EntityIndex<MachineLoan>
{
    private readonly ConcurrentDictionary<MachineId, ImmutableList<LoanFacts>> _loans = new();

    public IEnumerable<LoanFacts> All => _loans.Values.SelectMany(loans => loans);

    public IReadOnlyList<LoanFacts> Of(MachineId machine) => _loans.GetValueOrDefault(machine, []);

    /// <summary>The loan of a machine that is not over, or null: there is one at a time.</summary>
    public LoanFacts? OpenOf(MachineId machine) => Of(machine) is [var open, ..] ? open : null;

    /// <summary>Who uses a machine on a day.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="registered">The user whom the registry names.</param>
    /// <param name="day">The day.</param>
    public EnterpriseId UserOf(MachineId machine, EnterpriseId registered, DateOnly day)
    {
        var loans = Of(machine);
        if (loans.Count == 0) return registered;
        if (loans.FirstOrDefault(loan => loan.Covers(day)) is { } present) return present.Enterprise;
        // Over since midnight, and the registry has not heard of it yet.
        return loans.FirstOrDefault(loan => loan.IsOn) is { } past ? past.ReturnsTo : registered;
    }

    protected override void Clear() => _loans.Clear();

    protected override void Put(MachineLoan entity)
    {
        Remove(entity);
        if (entity.EndedAt is not null) return;
        var facts = new LoanFacts(entity.Id, entity.Machine, entity.Kind, entity.Enterprise, entity.ReturnsTo, entity.From, entity.To, entity.IsOn);
        _loans.AddOrUpdate(entity.Machine, [facts], (_, loans) => loans.Add(facts));
    }

    protected override void Remove(MachineLoan entity) => _loans.AddOrUpdate(entity.Machine, [], (_, loans) => loans.RemoveAll(loan => loan.Id == entity.Id));
}
