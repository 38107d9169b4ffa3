namespace Anlan.Toolkit.Mqtt;

/// <summary>So many at once, then so many a second.</summary>
internal sealed class Budget(int most, double perSecond, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left = most;
    private long _at = clock.GetTimestamp();

    /// <summary>True when nothing of it was used lately.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _left >= most;
            }
        }
    }

    /// <summary>Takes one, or nothing when none is left.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            Refill();
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }

    /// <summary>Takes one and tells how long to wait until it is there.</summary>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            Refill();
            _left--;
            return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / perSecond);
        }
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(most, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
