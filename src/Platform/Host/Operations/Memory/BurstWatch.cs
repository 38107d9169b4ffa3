namespace Anlan.Host.Operations.Memory;

/// <summary>Tells when a burst of work is over: much was allocated, and for a while now hardly anything is. Looked at at even intervals.</summary>
internal sealed class BurstWatch
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // 4 MB a second: twenty thousand idle chips and a few readers stay below it, forty starts a second do not.
    private const long Busy = 20L << 20;

    // What the collector keeps for the young is some 100 MB; with less in the burst there is nothing worth giving back.
    private const long LeastBurst = 128L << 20;

    // Half a minute.
    private const int QuietLooks = 6;

    private long _allocated;
    private long _burst;
    private int _quiet;

    /// <summary>One look; true once after each burst.</summary>
    /// <param name="allocated">Bytes that the process has allocated so far.</param>
    /// <param name="isAnybodyWorking">True while a machine runs: a stop or a revocation must not wait.</param>
    public bool IsOver(long allocated, bool isAnybodyWorking)
    {
        var since = allocated - _allocated;
        _allocated = allocated;
        if (since >= Busy)
        {
            (_burst, _quiet) = (_burst + since, 0);
            return false;
        }

        if (_burst < LeastBurst || ++_quiet < QuietLooks || isAnybodyWorking) return false;
        (_burst, _quiet) = (0, 0);
        return true;
    }
}
