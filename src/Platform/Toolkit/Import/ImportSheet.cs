using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Import;

/// <summary>
/// Judges and writes the rows of one kind of file; its module derives it. One object lives for one pass over a file, in the name of whoever imports. The same judgement serves the dry
/// run and the import itself, where nobody else saves meanwhile: what it finds wrong it refuses, as a form would.
/// </summary>
public abstract class ImportSheet
{
    /// <summary>True when it judges by work that goes on too, of which no commit tells.</summary>
    public virtual bool JudgesByWork => false;

    /// <summary>Judges rows that stand together in a file; answers one plan for each, in their order. Writes nothing.</summary>
    public abstract Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop);

    /// <summary>Says for each change of an import what stands against taking it back, or how that is done.</summary>
    public abstract Task<IReadOnlyList<UndoPlan>> PlanUndoAsync(IReadOnlyList<KeptChange> changes, CancellationToken stop);
}

/// <summary>What becomes of a row.</summary>
/// <param name="Key">What tells the record from others; a file may name it once.</param>
/// <param name="Effect">What it would do.</param>
/// <param name="Refusals">Everything that stands against it; empty when it is good.</param>
/// <param name="Write">Does it, in the unit of work that asked; null where there is nothing to do.</param>
public sealed record RowPlan(string Key, RowEffect Effect, IReadOnlyList<Refusal> Refusals, Func<RowChange>? Write)
{
    /// <summary>A row that is refused.</summary>
    public static RowPlan Refused(params IReadOnlyList<Refusal> refusals) => new("", RowEffect.Refused, refusals, null);

    /// <summary>A record that is there exactly like this.</summary>
    public static RowPlan Same(string key) => new(key, RowEffect.Same, [], null);

    /// <summary>A new record.</summary>
    public static RowPlan Create(string key, Func<RowChange> write) => new(key, RowEffect.Created, [], write);

    /// <summary>A record that is there with other values.</summary>
    public static RowPlan Update(string key, Func<RowChange> write) => new(key, RowEffect.Updated, [], write);
}

/// <summary>What a row does.</summary>
public enum RowEffect
{
    /// <summary>It is wrong.</summary>
    Refused,

    /// <summary>Nothing: the record is there like this.</summary>
    Same,

    /// <summary>Enters a record.</summary>
    Created,

    /// <summary>Changes one.</summary>
    Updated,
}

/// <summary>What a row did.</summary>
/// <param name="Subject">Id of the record.</param>
/// <param name="Entity">The record; its version after the commit says later whether somebody changed it since.</param>
/// <param name="Before">What restores it, in the words of its sheet; null for a record that is new.</param>
public sealed record RowChange(Guid Subject, IVersioned Entity, string? Before);

/// <summary>What is remembered of a change.</summary>
/// <param name="Row">Number of the row.</param>
/// <param name="Subject">Id of the record.</param>
/// <param name="Version">The record's version after the import.</param>
/// <param name="Before">What restores it; null for a record that was new.</param>
public sealed record KeptChange(int Row, Guid Subject, int Version, string? Before);

/// <summary>How one change is taken back.</summary>
/// <param name="Obstacle">What stands against it, or null.</param>
/// <param name="Write">Does it, in the unit of work that asked.</param>
public sealed record UndoPlan(Refusal? Obstacle, Action? Write);

/// <summary>A sheet whose rows are one entity each: knows how imports of it are taken back.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class ImportSheet<TEntity> : ImportSheet where TEntity : class, IVersioned
{
    /// <inheritdoc />
    public sealed override async Task<IReadOnlyList<UndoPlan>> PlanUndoAsync(IReadOnlyList<KeptChange> changes, CancellationToken stop)
    {
        var records = await LoadAsync([.. changes.Select(change => change.Subject)], stop);
        var untouched = changes.Where(change => change.Before is null && records.GetValueOrDefault(change.Subject)?.Version == change.Version).Select(change => records[change.Subject]).ToList();
        var inUse = untouched.Count == 0 ? new Dictionary<TEntity, Refusal>() : await StandAgainstRemovalAsync(untouched, stop);
        return [.. changes.Select(change => Plan(change, records.GetValueOrDefault(change.Subject), inUse))];
    }

    /// <summary>The records with these ids, tracked.</summary>
    protected abstract Task<Dictionary<Guid, TEntity>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop);

    /// <summary>What keeps records from being removed, by record.</summary>
    protected abstract Task<IReadOnlyDictionary<TEntity, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<TEntity> records, CancellationToken stop);

    /// <summary>What keeps a record from becoming what it was, or null.</summary>
    protected virtual Refusal? StandsAgainstRestoring(TEntity record) => null;

    /// <summary>Removes a record that an import entered.</summary>
    protected abstract void Remove(TEntity record);

    /// <summary>Makes a record what it was before an import.</summary>
    protected abstract void Restore(TEntity record, string before);

    private UndoPlan Plan(KeptChange change, TEntity? record, IReadOnlyDictionary<TEntity, Refusal> inUse)
    {
        // Whoever removed a new record did the work already.
        if (record is null) return change.Before is null ? new UndoPlan(null, null) : new UndoPlan(new Refusal("ImportRecordGone"), null);
        if (record.Version != change.Version) return new UndoPlan(new Refusal("ImportRecordChanged"), null);
        if (change.Before is { } before) return StandsAgainstRestoring(record) is { } no ? new UndoPlan(no, null) : new UndoPlan(null, () => Return(record, change, before));
        return inUse.TryGetValue(record, out var use) ? new UndoPlan(use, null) : new UndoPlan(null, () => Remove(record));
    }

    // It is again what it was before the import, its version too (the save adds one): an earlier import can then be undone as well.
    private void Return(TEntity record, KeptChange change, string before)
    {
        Restore(record, before);
        record.Version = change.Version - 2;
    }
}
