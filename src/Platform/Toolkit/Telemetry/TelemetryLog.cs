using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Log;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Telemetry;

/// <summary>Sees every committed group of measurements on the writer's thread. Must be fast and not throw.</summary>
public interface ITelemetryObserver
{
    /// <summary>Takes in a committed group.</summary>
    void OnMeasured(IReadOnlyList<LogRecord> batch);
}

/// <summary>
/// What devices measure, as it was received: too much of it for the hot log, and none of it decides anything. Durable before it is acknowledged, kept for a while, rolled up;
/// the hot log keeps the hashes (<see cref="TelemetrySeal"/>).
/// </summary>
public sealed partial class TelemetryLog : IDisposable
{
    private readonly ITelemetryStore _store;
    private readonly ILead? _lead;
    private readonly IReadOnlyList<ITelemetryObserver> _observers;
    private readonly ILogger<TelemetryLog> _logger;
    private readonly GroupCommit<LogDraft, AppendResult> _writer;
    private int _isClosed;

    /// <summary>Opens it and starts its writer.</summary>
    public TelemetryLog(ITelemetryStore store, IEnumerable<ITelemetryObserver> observers, ILogger<TelemetryLog> logger, ILead? lead = null)
    {
        (_store, _observers, _logger, _lead) = (store, [.. observers], logger, lead);
        _writer = new GroupCommit<LogDraft, AppendResult>("telemetry", Commit);
    }

    /// <summary>Position of the last durable entry.</summary>
    public long LastSeq => _store.LastSeq;

    /// <summary>The store, for readers.</summary>
    public ITelemetryStore Store => _store;

    /// <summary>Appends what one message measured; completes when it is durable.</summary>
    /// <exception cref="LogUnavailableException">It is not durable.</exception>
    public Task<AppendResult> AppendAsync(LogDraft draft, CancellationToken stop = default) => _writer.AddAsync(draft, stop);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        _writer.Dispose();
        _store.Dispose();
    }

    private IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
    {
        IReadOnlyList<AppendResult> results;
        try
        {
            if (_lead is { HasLease: false }) throw new LeadLostException("This process does not decide: it writes no measurements.");
            results = _store.Commit(batch);
        }
        catch (Exception failed)
        {
            LogCommitFailed(failed, batch.Count);
            throw;
        }

        if (_observers.Count == 0) return results;
        var records = new List<LogRecord>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].IsAppended) records.Add(new LogRecord(results[i].Seq, batch[i].At, batch[i].Kind.Name, batch[i].Subject, batch[i].Model));
        }

        foreach (var observer in _observers)
        {
            try
            {
                observer.OnMeasured(records);
            }
            catch (Exception bug)
            {
                LogObserverFailed(bug, observer.GetType().Name);
            }
        }

        return results;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Telemetry: {Count} messages could not be written; none of them was acknowledged")]
    private partial void LogCommitFailed(Exception failed, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Telemetry: observer {Observer} failed")]
    private partial void LogObserverFailed(Exception failed, string observer);
}
