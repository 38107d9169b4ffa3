using System.Collections.Concurrent;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;

namespace Anlan.Enterprises.Registry;

/// <summary>What is kept of an enterprise in memory.</summary>
internal sealed record EnterpriseEntry(EnterpriseFacts Facts, EnterpriseKind Kind, string? Address, DateTimeOffset RegisteredAt, DateOnly? ClosedOn)
{
    public EnterpriseId Id => Facts.Id;

    public bool Matches(string term) =>
        Facts.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || Facts.CreditCode?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>All enterprises in memory: the answer to other modules, and the lists.</summary>
internal sealed class EnterpriseIndex : EntityIndex<Enterprise>, IEnterprises
{
    private readonly ConcurrentDictionary<EnterpriseId, EnterpriseEntry> _byId = new();

    public IEnumerable<EnterpriseEntry> All => _byId.Values;

    public EnterpriseEntry? Entry(EnterpriseId enterprise) => _byId.GetValueOrDefault(enterprise);

    public EnterpriseFacts? Find(EnterpriseId enterprise) => Entry(enterprise)?.Facts;

    /// <summary>Active ones first, then by name.</summary>
    public IReadOnlyList<EnterpriseFacts> Search(string? text, int most)
    {
        var term = text?.Trim() ?? "";
        return [.. All.Where(e => term.Length == 0 || e.Matches(term)).Select(e => e.Facts)
            .OrderByDescending(e => e.IsActive).ThenBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Id.Value).Take(most)];
    }

    protected override void Clear() => _byId.Clear();

    protected override void Put(Enterprise entity) => _byId[entity.Id] = new EnterpriseEntry(
        new EnterpriseFacts(entity.Id, entity.Name, entity.CreditCode, entity.Division, entity.ClosedOn is null), entity.Kind, entity.Address, entity.RegisteredAt, entity.ClosedOn);

    protected override void Remove(Enterprise entity) => _byId.TryRemove(entity.Id, out _);
}
