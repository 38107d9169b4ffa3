using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Anlan.Toolkit.Log;

/// <summary>How long the log's commits take and how many fail: as metrics, and as figures of the last minute. Written by the log's one writer, once a batch.</summary>
public sealed class CommitTimes : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Anlan.Log";

    private const int Most = 4_096;
    private const double HangsAfter = 10;
    private const double FailingFor = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] };
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _failures;
    private readonly (long EndedAt, long Took, bool IsDone)[] _recent = new (long, long, bool)[Most];
    private readonly Lock _gate = new();
    private int _next;
    private int _count;
    private long? _runningSince;

    /// <summary>Creates the instruments.</summary>
    public CommitTimes()
    {
        _duration = Meter.CreateHistogram("anlan.log.commit.duration", "s", "Time until a batch of the log was durable.", tags: null, Buckets);
        _entries = Meter.CreateCounter<long>("anlan.log.entries", "{entry}", "Entries that became durable.");
        _failures = Meter.CreateCounter<long>("anlan.log.commit.failures", "{batch}", "Batches that could not be written.");
    }

    internal Meter Meter { get; } = new(MeterName);

    /// <summary>
    /// The 99th percentile of the last minute's commits in seconds, or how long the present one has been running if that is longer: a disk that hangs finishes no commit.
    /// </summary>
    /// <param name="now">A timestamp of <see cref="Stopwatch"/>.</param>
    public double SlowestSeconds(long now)
    {
        lock (_gate)
        {
            var took = Within(now).Where(commit => commit.IsDone).Select(commit => commit.Took).Order().ToList();
            var slow = took.Count == 0 ? 0 : took[(int)Math.Ceiling(took.Count * 0.99) - 1];
            return Seconds(Math.Max(slow, _runningSince is { } since ? now - since : 0));
        }
    }

    /// <summary>Batches of the last minute that could not be written.</summary>
    /// <param name="now">A timestamp of <see cref="Stopwatch"/>.</param>
    public int FailuresLately(long now)
    {
        lock (_gate)
        {
            return Within(now).Count(commit => !commit.IsDone);
        }
    }

    /// <summary>True when the log takes nothing: the last commit failed a moment ago, or the present one hangs. Forgotten after half a minute, because nobody tries while all are sent away.</summary>
    /// <param name="now">A timestamp of <see cref="Stopwatch"/>.</param>
    public bool IsFailing(long now)
    {
        lock (_gate)
        {
            if (_runningSince is { } since && Seconds(now - since) > HangsAfter) return true;
            return _count > 0 && _recent[(_next + Most - 1) % Most] is { IsDone: false } last && Seconds(now - last.EndedAt) < FailingFor;
        }
    }

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    internal void Begin(long now)
    {
        lock (_gate)
        {
            _runningSince = now;
        }
    }

    internal void End(long now, int entries, bool isDone)
    {
        long took;
        lock (_gate)
        {
            took = now - (_runningSince ?? now);
            _runningSince = null;
            _recent[_next] = (now, took, isDone);
            _next = (_next + 1) % Most;
            _count = Math.Min(_count + 1, Most);
        }

        _duration.Record(Seconds(took));
        if (isDone) _entries.Add(entries);
        else _failures.Add(1);
    }

    private IEnumerable<(long EndedAt, long Took, bool IsDone)> Within(long now)
    {
        var oldest = now - (long)(Window.TotalSeconds * Stopwatch.Frequency);
        return _recent.Take(_count).Where(commit => commit.EndedAt > oldest);
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
