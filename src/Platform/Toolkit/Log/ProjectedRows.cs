namespace Anlan.Toolkit.Log;

/// <summary>
/// Rows of a read table that its one projection wrote lately, so that they need not be read again. Forgets everything when a
/// transaction failed: what lies here was never written then.
/// </summary>
/// <typeparam name="TKey">Key of the table.</typeparam>
/// <typeparam name="TRow">Row of the table.</typeparam>
public sealed class ProjectedRows<TKey, TRow>(int most) where TKey : notnull where TRow : class
{
    private readonly Dictionary<TKey, TRow> _rows = [];
    private bool _isSaved = true;

    /// <summary>Begins a batch: the rows of these keys that exist, from here or else from the table.</summary>
    /// <param name="keys">Keys that the batch speaks of.</param>
    /// <param name="read">Reads the missing ones.</param>
    public async Task<Dictionary<TKey, TRow>> TakeAsync(IEnumerable<TKey> keys, Func<List<TKey>, Task<Dictionary<TKey, TRow>>> read)
    {
        if (!_isSaved || _rows.Count > most) _rows.Clear();
        _isSaved = false;
        var found = new Dictionary<TKey, TRow>();
        var missing = new List<TKey>();
        foreach (var key in keys.Distinct())
        {
            if (_rows.TryGetValue(key, out var row)) found[key] = row;
            else missing.Add(key);
        }

        if (missing.Count == 0) return found;
        foreach (var (key, row) in await read(missing)) found[key] = row;
        return found;
    }

    /// <summary>Keeps rows that the batch is about to write.</summary>
    public void Keep(TKey key, TRow row) => _rows[key] = row;

    /// <summary>Forgets a row that is not expected to change any more.</summary>
    public void Forget(TKey key) => _rows.Remove(key);

    /// <summary>The batch was committed.</summary>
    public void Saved() => _isSaved = true;
}
