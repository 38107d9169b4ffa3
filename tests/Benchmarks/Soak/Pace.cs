using System.Diagnostics;

namespace Anlan.Benchmarks.Soak;

/// <summary>So many acts a second at even intervals; what was missed during a pause is not made up for.</summary>
internal sealed class Pace(double perSecond)
{
    private readonly long _interval = (long)(Stopwatch.Frequency / perSecond);
    private long _due = Stopwatch.GetTimestamp();

    /// <summary>How many acts are due now.</summary>
    public int Take()
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _due) return 0;
        if (now - _due > Stopwatch.Frequency) _due = now;
        var count = (int)((now - _due) / _interval) + 1;
        _due += count * _interval;
        return count;
    }
}
