namespace Anlan.Welding.Chip.Logic;

/// <summary>The times and limits of the protocol, in milliseconds unless the name says otherwise.</summary>
public static class ChipTimings
{
    /// <summary>A signed time is taken only this soon after the hello that asked for it (CHIP-TIME-03): so late can the clock be at most.</summary>
    public const long TimeAnswer = 10_000;

    /// <summary>Without a trusted clock a connected chip asks again after this (CHIP-TIME-06).</summary>
    public const long HelloRetry = 15_000;

    /// <summary>A connected chip asks for the time at least this often (CHIP-TIME-06).</summary>
    public const long HelloPeriod = 12 * 3_600_000;

    /// <summary>Clock and uptime may run apart this far before the clock is no longer trusted (CHIP-TIME-05).</summary>
    public const long ClockDrift = 5_000;

    /// <summary>A window may begin this far ahead of the chip's clock, which lags behind the server's by the way of the signed time (CHIP-GRANT-07).</summary>
    public const long ClockTolerance = 5_000;

    /// <summary>Too hot from here on, °C.</summary>
    public const double OverTemperature = 85;

    /// <summary>Cool enough again from here down, °C.</summary>
    public const double CooledDown = 75;

    /// <summary>The contact may lag behind the command this long.</summary>
    public const long ContactLag = 500;

    /// <summary>At most one event of arc without a grant in this time.</summary>
    public const long ArcEventPause = 10_000;

    /// <summary>Time between two points while the machine is powered.</summary>
    public const long PointPeriod = 1_000;

    /// <summary>Time between two points while it is not.</summary>
    public const long IdlePointPeriod = 60_000;

    /// <summary>A batch goes out after this while the machine is powered, and after ten points while it is not.</summary>
    public const long BatchPeriod = 10_000;

    /// <summary>Most uplinks that wait for their acknowledgement.</summary>
    public const int MostPending = 512;

    /// <summary>A self-test measures for this long (CHIP-TEST-03).</summary>
    public const long SelfTest = 2_000;

    /// <summary>A revoke raises the counter by at most this (CHIP-REVOKE-04).</summary>
    public const long MostCounterRise = 1_000_000;
}
