using System.Collections.Concurrent;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Organs;

/// <summary>What is kept of an assignment in memory.</summary>
internal sealed record AssignmentFacts(
    Guid Id, OrganId Organ, DivisionCode? Division, EnterpriseId? Enterprise, DateOnly From, DateOnly? To, string Basis, DateTimeOffset EnteredAt, string? EndReason)
{
    /// <summary>Both days count.</summary>
    public bool IsInForceOn(DateOnly on) => From <= on && !(To < on);

    /// <summary>In force on the day, or to begin later.</summary>
    public bool IsOpenOn(DateOnly on) => !(To < on) && !IsVoid;

    /// <summary>Ended on its first day: in force on no day.</summary>
    public bool IsVoid => To < From;

    /// <summary>True when both would be in force on a common day.</summary>
    public bool Overlaps(DateOnly from, DateOnly? to) => !IsVoid && !(To < from) && !(to < From);
}

/// <summary>All assignments in memory, past ones too. One that runs out stops being in force by its date alone.</summary>
internal sealed class AssignmentIndex : EntityIndex<SupervisionAssignment>
{
    private readonly ConcurrentDictionary<Guid, AssignmentFacts> _byId = new();
    private long _version;

    public IEnumerable<AssignmentFacts> All => _byId.Values;

    /// <summary>Rises with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public AssignmentFacts? Find(Guid assignment) => _byId.GetValueOrDefault(assignment);

    public IEnumerable<AssignmentFacts> Of(OrganId organ) => All.Where(a => a.Organ == organ);

    protected override void Clear()
    {
        _byId.Clear();
        Interlocked.Increment(ref _version);
    }

    protected override void Put(SupervisionAssignment entity)
    {
        _byId[entity.Id] = new AssignmentFacts(
            entity.Id, entity.Organ, entity.Division, entity.Enterprise, entity.From, entity.To, entity.Basis, entity.EnteredAt, entity.EndReason);
        Interlocked.Increment(ref _version);
    }

    protected override void Remove(SupervisionAssignment entity)
    {
        _byId.TryRemove(entity.Id, out _);
        Interlocked.Increment(ref _version);
    }
}
