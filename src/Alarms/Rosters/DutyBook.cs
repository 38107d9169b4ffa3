using System.Collections.Concurrent;
using Anlan.Toolkit.Data;

namespace Anlan.Alarms.Rosters;

/// <summary>All shifts in memory: every alarm asks.</summary>
internal sealed class ShiftIndex : EntityIndex<DutyShift>
{
    private readonly ConcurrentDictionary<Guid, DutyShift> _byId = new();

    public IEnumerable<DutyShift> All => _byId.Values;

    public DutyShift? Find(Guid shift) => _byId.GetValueOrDefault(shift);

    protected override void Clear() => _byId.Clear();

    // Shifts are entered and taken out, never changed: what was saved may be kept.
    protected override void Put(DutyShift entity) => _byId[entity.Id] = entity;

    protected override void Remove(DutyShift entity) => _byId.TryRemove(entity.Id, out _);
}

/// <summary>All leaves in memory.</summary>
internal sealed class LeaveIndex : EntityIndex<DutyLeave>
{
    private readonly ConcurrentDictionary<Guid, DutyLeave> _byId = new();

    public IEnumerable<DutyLeave> All => _byId.Values;

    public DutyLeave? Find(Guid leave) => _byId.GetValueOrDefault(leave);

    protected override void Clear() => _byId.Clear();

    protected override void Put(DutyLeave entity) => _byId[entity.Id] = entity;

    protected override void Remove(DutyLeave entity) => _byId.TryRemove(entity.Id, out _);
}
