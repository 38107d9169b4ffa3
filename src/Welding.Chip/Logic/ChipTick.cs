namespace Anlan.Welding.Chip.Logic;

/// <summary>
/// One moment by the chip's two counters. They are two because either may fail: a lease ends by whichever says so first, and when they
/// disagree the clock is not trusted any more.
/// </summary>
/// <param name="Up">Milliseconds since power-up; never set, never backwards.</param>
/// <param name="Rtc">Milliseconds of the real-time counter, from any beginning.</param>
public readonly record struct ChipTick(long Up, long Rtc)
{
    /// <summary>A moment of a chip whose real-time counter is its uptime.</summary>
    public static ChipTick At(long up) => new(up, up);
}
