using System.Collections.Concurrent;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;

namespace Anlan.Enterprises.Registry;

/// <summary>What is kept of an enterprise in memory.</summary>
internal sealed record EnterpriseEntry(EnterpriseFacts Facts, EnterpriseKind Kind, string? Address, DateTimeOffset RegisteredAt, DateOnly? ClosedOn)
{
    public EnterpriseId Id => Facts.Id;

    public bool IsWithin(Scope scope) => scope.Covers(Facts.Division, Facts.Id.Value);

    public bool Matches(string term) =>
        Facts.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || Facts.CreditCode?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>All enterprises in memory: the answer to other modules. Kept by division too, so that a town's are found without looking at the city's.</summary>
internal sealed class EnterpriseIndex : EntityIndex<Enterprise>, IEnterprises
{
    private readonly FactsByPlace<EnterpriseId, EnterpriseEntry> _facts = new(entry => new Anchor(entry.Facts.Division, entry.Id.Value));
    private readonly ConcurrentDictionary<string, EnterpriseId> _byCreditCode = new(StringComparer.Ordinal);

    public EnterpriseEntry? Entry(EnterpriseId enterprise) => _facts.Find(enterprise);

    public EnterpriseFacts? Find(EnterpriseId enterprise) => Entry(enterprise)?.Facts;

    public EnterpriseFacts? FindByCreditCode(string creditCode) => CreditCode.Normalise(creditCode) is { } code && _byCreditCode.TryGetValue(code, out var id) ? Find(id) : null;

    public bool IsWithin(EnterpriseId enterprise, Scope scope) => Entry(enterprise)?.IsWithin(scope) == true;

    /// <summary>The enterprises in a scope, in no order.</summary>
    public IEnumerable<EnterpriseEntry> Within(Scope scope) => _facts.Within(scope, OfEnterprise);

    /// <summary>How many enterprises lie in a scope.</summary>
    public int Count(Scope scope) => _facts.Count(scope, OfEnterprise);

    /// <summary>Active ones first, then by name.</summary>
    public IReadOnlyList<EnterpriseFacts> Search(string? text, int most, Scope scope)
    {
        var term = text?.Trim() ?? "";
        return [.. Within(scope).Where(e => term.Length == 0 || e.Matches(term)).Select(e => e.Facts)
            .OrderByDescending(e => e.IsActive).ThenBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Id.Value).Take(most)];
    }

    private IEnumerable<EnterpriseEntry> OfEnterprise(Guid id) => Entry(new EnterpriseId(id)) is { } one ? [one] : [];

    protected override void Clear()
    {
        _facts.Clear();
        _byCreditCode.Clear();
    }

    protected override void Put(Enterprise entity)
    {
        var old = _facts.Put(entity.Id, new EnterpriseEntry(
            new EnterpriseFacts(entity.Id, entity.Name, entity.CreditCode, entity.Division, entity.ClosedOn is null), entity.Kind, entity.Address, entity.RegisteredAt, entity.ClosedOn));
        if (old?.Facts.CreditCode is { } former && former != entity.CreditCode) _byCreditCode.TryRemove(new(former, entity.Id));
        if (entity.CreditCode is { } code) _byCreditCode[code] = entity.Id;
    }

    protected override void Remove(Enterprise entity)
    {
        if (_facts.Remove(entity.Id)?.Facts.CreditCode is { } code) _byCreditCode.TryRemove(new(code, entity.Id));
    }
}
