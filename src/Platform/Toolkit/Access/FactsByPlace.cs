using System.Collections.Concurrent;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Toolkit.Access;

/// <summary>
/// An owner's facts in memory by division, so that those of a town are found without looking at those of the city. Thread-safe for many readers beside the
/// one writer that applies commits.
/// </summary>
/// <typeparam name="TId">Id of the fact.</typeparam>
/// <typeparam name="TFacts">Immutable facts.</typeparam>
/// <param name="anchorOf">Where facts lie and whose they are.</param>
public sealed class FactsByPlace<TId, TFacts>(Func<TFacts, Anchor> anchorOf) where TId : notnull where TFacts : class
{
    private readonly ConcurrentDictionary<TId, TFacts> _byId = new();
    private readonly ConcurrentDictionary<DivisionCode, ConcurrentDictionary<TId, TFacts>> _byDivision = new();

    /// <summary>All, in no order.</summary>
    public IEnumerable<TFacts> All => _byId.Values;

    /// <summary>The facts with this id, or null.</summary>
    public TFacts? Find(TId id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds or replaces; returns what was there before.</summary>
    public TFacts? Put(TId id, TFacts facts)
    {
        var old = Find(id);
        _byId[id] = facts;
        if (anchorOf(facts).Place is { } place) _byDivision.GetOrAdd(place, _ => new())[id] = facts;
        if (old is not null && anchorOf(old).Place is { } former && former != anchorOf(facts).Place) _byDivision[former].TryRemove(id, out _);
        return old;
    }

    /// <summary>Removes; returns what was there.</summary>
    public TFacts? Remove(TId id)
    {
        if (!_byId.TryRemove(id, out var old)) return null;
        if (anchorOf(old).Place is { } place) _byDivision[place].TryRemove(id, out _);
        return old;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _byId.Clear();
        _byDivision.Clear();
    }

    /// <summary>Those in a scope, in no order.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="ofEnterprise">The facts of one enterprise: its own staff, and organs to which it was assigned by itself, reach them wherever they lie.</param>
    public IEnumerable<TFacts> Within(Scope scope, Func<Guid, IEnumerable<TFacts>> ofEnterprise)
    {
        if (scope.IsEverything) return All;
        if (scope.Enterprise is { } own) return ofEnterprise(own);
        var inDivisions = _byDivision.Where(division => scope.Covers(division.Key)).SelectMany(division => division.Value.Values)
            .Where(facts => anchorOf(facts).Enterprise is not { } enterprise || !(scope.Enterprises.Contains(enterprise) || scope.Exceptions.Contains(enterprise)));
        return inDivisions.Concat(scope.Enterprises.SelectMany(ofEnterprise));
    }

    /// <summary>How many <see cref="Within"/> would find, without looking at each.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="ofEnterprise">The facts of one enterprise.</param>
    public int Count(Scope scope, Func<Guid, IEnumerable<TFacts>> ofEnterprise)
    {
        if (scope.IsEverything) return _byId.Count;
        if (scope.Enterprise is { } own) return ofEnterprise(own).Count();
        var inDivisions = _byDivision.Where(division => scope.Covers(division.Key)).Sum(division => division.Value.Count);
        var singledOut = scope.Enterprises.Concat(scope.Exceptions).SelectMany(ofEnterprise).Count(facts => anchorOf(facts).Place is { } place && scope.Covers(place));
        return inDivisions - singledOut + scope.Enterprises.SelectMany(ofEnterprise).Count();
    }
}
