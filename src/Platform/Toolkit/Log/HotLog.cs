using System.Collections.Concurrent;
using System.Diagnostics;
using Anlan.Toolkit.Cluster;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Log;

/// <summary>The hot log could not take an entry: nothing may be acknowledged, granted or told to a user on its strength.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Sees every committed batch in commit order, on the writer's thread, before the callers hear of it. Must be fast and not throw.</summary>
public interface ILogObserver
{
    /// <summary>Takes in a committed batch.</summary>
    void OnCommitted(IReadOnlyList<LogRecord> batch);
}

/// <summary>
/// The only record of decisions, grants and device events. Callers wait until their entry is durable. Keeps the present holds and
/// undelivered downlinks in memory, updated at commit.
/// </summary>
public sealed partial class HotLog : IDisposable
{
    private readonly ILogStore _store;
    private readonly ILead? _lead;
    private readonly IReadOnlyList<ILogObserver> _observers;
    private readonly ILogger<HotLog> _logger;
    private readonly ConcurrentDictionary<string, Hold> _holds = new(StringComparer.Ordinal);
    private readonly DownlinkBox _downlinks = new();
    private readonly RecentRecords _recent = new();
    private readonly GroupCommit<LogDraft, AppendResult> _writer;
    private int _isClosed;

    /// <summary>Opens the log and starts its writer.</summary>
    public HotLog(ILogStore store, IEnumerable<ILogObserver> observers, ILogger<HotLog> logger, ILead? lead = null)
    {
        (_store, _lead) = (store, lead);
        _observers = [.. observers];
        _logger = logger;
        foreach (var hold in store.ReadHolds()) _holds[hold.Key] = hold;
        foreach (var downlink in store.ReadDownlinks()) _downlinks.Post(downlink);
        _writer = new GroupCommit<LogDraft, AppendResult>("hot log", Commit);
    }

    /// <summary>Raised after each commit with the new last position.</summary>
    public event Action<long>? Committed;

    /// <summary>Position of the last durable entry.</summary>
    public long LastSeq => _store.LastSeq;

    /// <summary>How its commits do.</summary>
    public CommitTimes Commits { get; } = new();

    /// <summary>The store, for readers.</summary>
    public ILogStore Store => _store;

    /// <summary>Durable entries after a position in order, at most so many: from memory while they are recent, else from the store.</summary>
    public IReadOnlyList<LogRecord> Read(long after, int most, LogKinds kinds) => _recent.After(after, most) ?? _store.Read(after, most).Select(kinds.Read).ToList();

    /// <summary>Appends one entry; completes when it is durable.</summary>
    /// <exception cref="LogUnavailableException">It is not durable.</exception>
    public Task<AppendResult> AppendAsync(LogDraft draft, CancellationToken stop = default) => _writer.AddAsync(draft, stop);

    /// <summary>Who holds a key now, or null.</summary>
    public Hold? FindHold(string key) => _holds.GetValueOrDefault(key);

    /// <summary>True while anybody holds anything: a machine runs, or may.</summary>
    public bool IsAnythingHeld => !_holds.IsEmpty;

    /// <summary>All holds whose key begins with a prefix.</summary>
    public IReadOnlyList<Hold> HoldsUnder(string prefix) => [.. _holds.Values.Where(h => h.Key.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>Undelivered downlinks of a device, oldest first, without the expired ones.</summary>
    public IReadOnlyList<Downlink> DownlinksOf(string device, DateTimeOffset now) => _downlinks.Of(device, now);

    /// <summary>An undelivered downlink, expired or not, or null.</summary>
    public Downlink? FindDownlink(string device, Guid id) => _downlinks.Find(device, id);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        _writer.Dispose();
        Commits.Dispose();
        _store.Dispose();
    }

    // On the writer's thread: whoever waits for the entry hears of it after the observers.
    private IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        IReadOnlyList<AppendResult> results;
        Commits.Begin(Stopwatch.GetTimestamp());
        try
        {
            if (_lead is { HasLease: false }) throw new LeadLostException("This process does not decide: it writes no log.");
            results = _store.Commit(batch);
            Commits.End(Stopwatch.GetTimestamp(), results.Count, isDone: true);
        }
        catch (Exception failed)
        {
            Commits.End(Stopwatch.GetTimestamp(), 0, isDone: false);
            LogCommitFailed(failed, batch.Count);
            throw;
        }

        var records = new List<LogRecord>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (!results[i].IsAppended) continue;
            var draft = batch[i];
            ApplySideRows(draft);
            records.Add(new LogRecord(results[i].Seq, draft.At, draft.Kind.Name, draft.Subject, draft.Model));
        }

        _recent.Add(records);
        foreach (var observer in _observers)
        {
            try
            {
                observer.OnCommitted(records);
            }
            catch (Exception bug)
            {
                LogObserverFailed(bug, observer.GetType().Name);
            }
        }

        if (records.Count > 0) Committed?.Invoke(records[^1].Seq);
        return results;
    }

    private void ApplySideRows(LogDraft draft)
    {
        foreach (var (key, _) in draft.Releases) _holds.TryRemove(key, out _);
        foreach (var update in draft.Updates) _holds[update.Key] = update;
        foreach (var claim in draft.Claims) _holds[claim.Key] = claim;
        if (draft.Settle is { } settled) _downlinks.Settle(settled);
        if (draft.Post is { } post) _downlinks.Post(post);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hot log: a batch of {Count} could not be written; nothing of it was acknowledged")]
    private partial void LogCommitFailed(Exception failed, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Hot log: observer {Observer} failed")]
    private partial void LogObserverFailed(Exception failed, string observer);
}
