using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anlan.Benchmarks;

/// <summary>Collected durations in ticks of <see cref="Stopwatch"/>; used by one thread.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = new(1 << 16);
    private bool _isSorted;

    /// <summary>Number of durations.</summary>
    public int Count => _ticks.Count;

    /// <summary>Adds a duration in ticks.</summary>
    public void Add(long ticks)
    {
        _ticks.Add(ticks);
        _isSorted = false;
    }

    /// <summary>Adds the time since a timestamp.</summary>
    public void AddSince(long timestamp) => Add(Stopwatch.GetTimestamp() - timestamp);

    /// <summary>The duration that the given share does not exceed, or null when nothing was measured.</summary>
    public double? Milliseconds(double share)
    {
        if (_ticks.Count == 0) return null;
        if (!_isSorted) CollectionsMarshal.AsSpan(_ticks).Sort();
        _isSorted = true;
        return _ticks[Math.Min(_ticks.Count - 1, (int)(share * _ticks.Count))] * 1000.0 / Stopwatch.Frequency;
    }
}
