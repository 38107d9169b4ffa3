using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Files;

/// <summary>
/// Compares evidence files with the log and with their names, without a server: every file that an entry names is there unless a later entry removed it, every
/// file is what its name says, and every row names what its entry named.
/// </summary>
/// <param name="shelf">Where files lie.</param>
/// <param name="db">A context over the main database.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class FileCheck(IFileShelf shelf, AnlanDb db, Action<string> say)
{
    private const int Progress = 1000;
    private readonly SortedDictionary<string, long> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (long Seq, string Hash)> _entries = [];
    private readonly SortedSet<string> _there = new(StringComparer.Ordinal);
    private List<(Guid Id, string Subject, string Hash)> _rows = [];
    private string _waiting = "";

    /// <summary>Reads what is there, before the log is read: what comes later is nobody's fault.</summary>
    /// <exception cref="FileShelfException">The place of files cannot be reached.</exception>
    public async Task BeginAsync(CancellationToken stop)
    {
        var rows = await db.Set<AttachedFile>().AsNoTracking().OrderBy(f => f.Id).Select(f => new { f.Id, f.RecordKind, f.Record, f.Hash }).ToListAsync(stop);
        _rows = rows.ConvertAll(f => (f.Id, $"{f.RecordKind}/{f.Record}", f.Hash));
        var type = typeof(FileAttached).FullName;
        _waiting = string.Join('\n', await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Type == type).Select(m => m.Payload).ToListAsync(stop));
        await foreach (var (hash, _) in shelf.AllAsync(stop)) _there.Add(hash);
    }

    /// <summary>Takes an entry of the log, in order.</summary>
    public void Take(LogEntry entry)
    {
        if (entry.Kind == FileLog.Named.Name)
        {
            var named = (FileNamed)FileLog.Named.Decode(entry.Body.Span);
            _named[named.Hash] = entry.Seq;
            _entries[named.File] = (entry.Seq, named.Hash);
        }
        else if (entry.Kind == FileLog.Removed.Name)
        {
            _named.Remove(((FileRemoved)FileLog.Removed.Decode(entry.Body.Span)).Hash);
        }
    }

    /// <summary>Compares; answers how many files are what they should be.</summary>
    /// <exception cref="LogCheckException">A file does not hold; the first one is named.</exception>
    /// <exception cref="FileShelfException">The place of files cannot be reached.</exception>
    public async Task<long> RunAsync(CancellationToken stop)
    {
        foreach (var (id, subject, hash) in _rows) CheckRow(id, subject, hash);
        if (_there.Count > 0) say($"Comparing {_there.Count} evidence files with their names");
        var done = 0L;
        foreach (var hash in _named.Keys.Union(_there).Order(StringComparer.Ordinal))
        {
            if (await CompareAsync(hash, stop)) done++;
            if (done > 0 && done % Progress == 0) say($"  files: {done}");
        }

        return done;
    }

    private void CheckRow(Guid id, string subject, string hash)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            if (entry.Hash != hash) throw new LogCheckException($"The record {subject} names the file {FileNames.PathOf(hash)}, but entry {entry.Seq} of the log says that it was {FileNames.PathOf(entry.Hash)}.");
        }
        else if (!_waiting.Contains(id.ToString(), StringComparison.Ordinal))
        {
            throw new LogCheckException($"The record {subject} names the file {FileNames.PathOf(hash)}, of which the log knows nothing.");
        }
    }

    private async Task<bool> CompareAsync(string hash, CancellationToken stop)
    {
        await using var file = await shelf.OpenAsync(hash, stop);
        if (file is null)
        {
            // What was there a moment ago was removed while we read; the log said so after we had read it.
            if (_there.Contains(hash)) return false;
            throw new LogCheckException($"The evidence file {FileNames.PathOf(hash)} is missing: entry {_named[hash]} of the log names it, and no later entry says that it was removed.");
        }

        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
        if (found == hash) return true;
        var by = _named.TryGetValue(hash, out var seq) ? $", and entry {seq} of the log names it" : "";
        throw new LogCheckException($"The evidence file {FileNames.PathOf(hash)} was changed: its bytes have the hash {found}{by}.");
    }
}
