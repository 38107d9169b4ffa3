using System.Collections.Concurrent;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Organs;

/// <summary>What is kept of an organ in memory.</summary>
internal sealed record OrganFacts(OrganId Id, OrganKind Kind, string NameZh, string NameEn, OrganId? Parent, DivisionCode? Seat, DateOnly? ClosedOn)
{
    public SupervisionLine Line => OrganKinds.LineOf(Kind);

    public bool IsActive => ClosedOn is null;

    public bool Matches(string term) => NameZh.Contains(term, StringComparison.OrdinalIgnoreCase) || NameEn.Contains(term, StringComparison.OrdinalIgnoreCase);
}

/// <summary>All organs in memory: every request asks for the scope of one.</summary>
internal sealed class OrganIndex : EntityIndex<Organ>
{
    private readonly ConcurrentDictionary<OrganId, OrganFacts> _byId = new();
    private long _version;

    public IEnumerable<OrganFacts> All => _byId.Values;

    /// <summary>Rises with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public OrganFacts? Find(OrganId organ) => _byId.GetValueOrDefault(organ);

    protected override void Clear()
    {
        _byId.Clear();
        Interlocked.Increment(ref _version);
    }

    protected override void Put(Organ entity)
    {
        _byId[entity.Id] = new OrganFacts(entity.Id, entity.Kind, entity.NameZh, entity.NameEn, entity.Parent, entity.Seat, entity.ClosedOn);
        Interlocked.Increment(ref _version);
    }

    protected override void Remove(Organ entity)
    {
        _byId.TryRemove(entity.Id, out _);
        Interlocked.Increment(ref _version);
    }
}
