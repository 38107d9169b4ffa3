using System.Collections.Concurrent;
using System.Collections.Frozen;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Delegations;

/// <summary>What is kept of a delegation in memory.</summary>
internal sealed record DelegationFacts(
    Guid Id, Guid Holder, Guid Delegate, OrganId? Organ, EnterpriseId? Enterprise, FrozenSet<string> Permissions, DateOnly FirstDay, DateOnly LastDay, string Number, string Title, string Text, DateTimeOffset MadeAt,
    DateTimeOffset? EndedAt, string? EndReason)
{
    public bool IsInForceOn(DateOnly day) => EndedAt is null && FirstDay <= day && day <= LastDay;
}

/// <summary>All delegations in memory, by the account that acts.</summary>
internal sealed class DelegationIndex(AccountIndex accounts, RoleBook roles, CityCalendar calendar) : EntityIndex<Delegation>
{
    private readonly ConcurrentDictionary<Guid, DelegationFacts> _byId = new();
    private volatile FrozenDictionary<Guid, DelegationFacts[]> _open = FrozenDictionary<Guid, DelegationFacts[]>.Empty;

    /// <summary>Raised after a commit, with the account that acts.</summary>
    public event Action<Guid>? Changed;

    public IEnumerable<DelegationFacts> All => _byId.Values;

    public DelegationFacts? Find(Guid delegation) => _byId.GetValueOrDefault(delegation);

    /// <summary>Whoever handed this permission to the account and holds it today by the own role, or null. What was handed on cannot be handed further.</summary>
    public Guid? HolderOf(string permission, Guid account)
    {
        if (!_open.TryGetValue(account, out var received)) return null;
        var today = calendar.Today;
        foreach (var delegation in received)
        {
            if (!delegation.IsInForceOn(today) || !delegation.Permissions.Contains(permission)) continue;
            if (accounts.Find(delegation.Holder) is { IsDisabled: false } holder && roles.IsHeld(permission, holder.Role)) return holder.Id;
        }

        return null;
    }

    protected override void Clear()
    {
        _byId.Clear();
        Arrange();
    }

    protected override void Put(Delegation entity)
    {
        _byId[entity.Id] = new DelegationFacts(
            entity.Id, entity.Holder, entity.Delegate, entity.Organ, entity.Enterprise, entity.Permissions.ToFrozenSet(StringComparer.Ordinal), entity.FirstDay, entity.LastDay, entity.Number, entity.Title, entity.Text,
            entity.MadeAt, entity.EndedAt, entity.EndReason);
        Arrange();
        Changed?.Invoke(entity.Delegate);
    }

    protected override void Remove(Delegation entity)
    {
        _byId.TryRemove(entity.Id, out _);
        Arrange();
        Changed?.Invoke(entity.Delegate);
    }

    private void Arrange() => _open = _byId.Values.Where(d => d.EndedAt is null).GroupBy(d => d.Delegate).ToFrozenDictionary(group => group.Key, group => group.OrderBy(d => d.MadeAt).ToArray());
}
