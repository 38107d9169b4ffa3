namespace Anlan.Toolkit.Log;

/// <summary>
/// Rows of a table that follows the log at a distance. Every change lies in the log's file already (<see cref="LogChanges"/>); the table takes it when it is
/// old enough, and a row that changed again or went meanwhile is never written. Used by the writer alone.
/// </summary>
/// <param name="stored">The keys in the table.</param>
/// <param name="write">Writes a row, new or not.</param>
/// <param name="delete">Deletes a row.</param>
internal sealed class TrailingRows<TKey, TRow>(IEnumerable<TKey> stored, Action<TRow> write, Action<TKey> delete) where TKey : notnull where TRow : class
{
    private readonly HashSet<TKey> _stored = [.. stored];
    private readonly Dictionary<TKey, (long Seq, TRow? Row)> _latest = [];
    private readonly Queue<(long Seq, TKey Key)> _changes = new();
    private readonly List<(long Seq, TKey Key)> _taken = [];

    /// <summary>A row is so since a durable entry; null = it is gone.</summary>
    public void Change(long seq, TKey key, TRow? row)
    {
        _latest[key] = (seq, row);
        _changes.Enqueue((seq, key));
    }

    /// <summary>Brings the table up to an entry, within the writer's transaction.</summary>
    public void WriteUpTo(long seq)
    {
        while (_changes.TryPeek(out var next) && next.Seq <= seq)
        {
            _taken.Add(_changes.Dequeue());
            var (changedAt, row) = _latest[next.Key];
            if (changedAt != next.Seq) continue;
            if (row is not null) write(row);
            else if (_stored.Contains(next.Key)) delete(next.Key);
        }
    }

    /// <summary>The transaction is durable.</summary>
    public void Commit()
    {
        foreach (var (seq, key) in _taken)
        {
            if (!_latest.TryGetValue(key, out var latest) || latest.Seq != seq) continue;
            if (latest.Row is null) _stored.Remove(key);
            else _stored.Add(key);
            _latest.Remove(key);
        }

        _taken.Clear();
    }

    /// <summary>The transaction is gone: what was taken is still to be written.</summary>
    public void Rollback()
    {
        var waiting = _changes.ToArray();
        _changes.Clear();
        foreach (var change in _taken.Concat(waiting)) _changes.Enqueue(change);
        _taken.Clear();
    }
}
