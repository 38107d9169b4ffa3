using System.Globalization;

namespace Anlan.Toolkit.Log;

/// <summary>
/// Which keys of entries were used, as the log's writer has it in its transaction. A key that ends in a number is a bit among those of the
/// 512 numbers around it: chips count, so that one small row says what an index would say with 512 keys on as many pages, and an entry costs
/// the same however long the log is.
/// </summary>
internal sealed class OnceKeys(PreparedStatement find, PreparedStatement write)
{
    /// <summary>Reads one row of bits.</summary>
    public const string Find = "select used from once where scope=? and block=?";

    /// <summary>Writes it.</summary>
    public const string Write = "insert into once(scope,block,used) values(?,?,?) on conflict(scope,block) do update set used=excluded.used";

    private const int NumbersInBlock = 512;
    private const int MostInMemory = 100_000;
    private readonly Dictionary<(string Scope, long Block), byte[]> _known = [];
    private readonly HashSet<(string Scope, long Block)> _changed = [];

    /// <summary>Uses a key; false when it was used before, and nothing changes then.</summary>
    public bool TryUse(string key)
    {
        var (scope, number) = Split(key);
        var row = (scope, number / NumbersInBlock);
        if (!_known.TryGetValue(row, out var used)) _known[row] = used = find.With(scope).With(row.Item2).ReadBytes() ?? new byte[NumbersInBlock / 8];
        var (place, bit) = ((int)(number % NumbersInBlock) / 8, (byte)(1 << (int)(number % 8)));
        if ((used[place] & bit) != 0) return false;
        used[place] |= bit;
        _changed.Add(row);
        return true;
    }

    /// <summary>Writes what the transaction changed, each row once.</summary>
    public void Save()
    {
        foreach (var row in _changed) write.With(row.Scope).With(row.Block).With(_known[row].AsSpan()).Run();
    }

    /// <summary>The transaction is durable.</summary>
    public void Commit()
    {
        _changed.Clear();
        if (_known.Count > MostInMemory) _known.Clear();
    }

    /// <summary>The transaction is gone: what the table says holds.</summary>
    public void Rollback()
    {
        foreach (var row in _changed) _known.Remove(row);
        _changed.Clear();
    }

    // A key without a number is a scope of its own, with the only number 0; no key of ours ends in a slash.
    private static (string Scope, long Number) Split(string key)
    {
        var slash = key.LastIndexOf('/');
        var tail = key.AsSpan(slash + 1);
        return slash > 0 && (tail.Length == 1 || !tail.StartsWith('0')) && long.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (key[..slash], number) : (key + "/", 0);
    }
}
