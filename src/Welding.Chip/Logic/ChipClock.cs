namespace Anlan.Welding.Chip.Logic;

/// <summary>Unix time from the real-time counter, trusted only after a signed answer to the chip's own question (CHIP-TIME).</summary>
internal sealed class ChipClock
{
    private ChipTick _set;
    private long _offset;
    private bool _isSet;

    /// <summary>The clock was set, and has since run as fast as the uptime.</summary>
    public bool IsTrusted(ChipTick now) => _isSet && Math.Abs(now.Rtc - _set.Rtc - (now.Up - _set.Up)) <= ChipTimings.ClockDrift;

    /// <summary>Unix milliseconds, or null while not trusted.</summary>
    public long? Read(ChipTick now) => IsTrusted(now) ? now.Rtc + _offset : null;

    /// <summary>True when this clock, trusted or not, has reached a moment: distrust must not lengthen a lease.</summary>
    public bool HasReached(long unixMilliseconds, ChipTick now) => _isSet && now.Rtc + _offset >= unixMilliseconds;

    public void Set(long unixMilliseconds, ChipTick now) => (_isSet, _set, _offset) = (true, now, unixMilliseconds - now.Rtc);
}
