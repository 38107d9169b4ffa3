using System.Globalization;
using SQLitePCL;

namespace Anlan.Toolkit.Log;

/// <summary>
/// Which keys of entries were used, as the log's writer has it in its transaction. A key that ends in a number is a bit among those of the
/// 512 numbers around it: chips count, so that one small row says what an index would say with 512 keys on as many pages, and an entry costs
/// the same however long the log is.
/// </summary>
internal sealed class OnceKeys(IOnceRows rows)
{
    private const int NumbersInBlock = 512;
    private const int MostInMemory = 100_000;
    private readonly Dictionary<(string Scope, long Block), byte[]> _known = [];
    private readonly HashSet<(string Scope, long Block)> _changed = [];

    /// <summary>Uses a key; false when it was used before, and nothing changes then.</summary>
    public bool TryUse(string key)
    {
        var (scope, number) = Split(key);
        var row = (scope, number / NumbersInBlock);
        if (!_known.TryGetValue(row, out var used)) _known[row] = used = rows.Read(scope, row.Item2) ?? new byte[NumbersInBlock / 8];
        var (place, bit) = ((int)(number % NumbersInBlock) / 8, (byte)(1 << (int)(number % 8)));
        if ((used[place] & bit) != 0) return false;
        used[place] |= bit;
        _changed.Add(row);
        return true;
    }

    /// <summary>Writes what the transaction changed, each row once.</summary>
    public void Save()
    {
        if (_changed.Count > 0) rows.Write(_changed.Select(row => new OnceRow(row.Scope, row.Block, _known[row])));
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

/// <summary>Which of 512 numbers were used.</summary>
internal readonly record struct OnceRow(string Scope, long Block, byte[] Used);

/// <summary>Where the bits lie.</summary>
internal interface IOnceRows
{
    /// <summary>The bits of a block, or null when there are none yet.</summary>
    byte[]? Read(string scope, long block);

    /// <summary>Writes blocks, new ones and changed ones.</summary>
    void Write(IEnumerable<OnceRow> changed);
}

/// <summary>In the SQLite file whose writer asks.</summary>
internal sealed class SqliteOnceRows(sqlite3 database) : IOnceRows, IDisposable
{
    /// <summary>The table.</summary>
    public const string Schema = "create table once(scope text not null, block integer not null, used blob not null, primary key(scope, block)) without rowid";

    private readonly PreparedStatement _find = new(database, "select used from once where scope=? and block=?");
    private readonly PreparedStatement _write = new(database, "insert into once(scope,block,used) values(?,?,?) on conflict(scope,block) do update set used=excluded.used");

    public byte[]? Read(string scope, long block) => _find.With(scope).With(block).ReadBytes();

    public void Write(IEnumerable<OnceRow> changed)
    {
        foreach (var row in changed) _write.With(row.Scope).With(row.Block).With(row.Used.AsSpan()).Run();
    }

    public void Dispose()
    {
        _find.Dispose();
        _write.Dispose();
    }
}
