using Anlan.Welding.Chip.Signing;

namespace Anlan.Welding.Chip.Logic;

/// <summary>Permission to be powered, with an end by clock and an end by uptime (CHIP-LEASE).</summary>
/// <param name="Session">Session.</param>
/// <param name="Counter">Counter of its newest grant.</param>
/// <param name="EndsAt">End by the clock, unix milliseconds.</param>
/// <param name="EndsUp">End by uptime.</param>
/// <param name="SessionEndsUp">End of the session by uptime; renewals never move it later.</param>
internal sealed record Lease(Guid Session, long Counter, long EndsAt, long EndsUp, long SessionEndsUp)
{
    /// <summary>The lease of a grant accepted now; a renewal replaces the lease that it continues.</summary>
    public static Lease Of(GrantClaims grant, long clock, ChipTick now, Lease? continued)
    {
        var sessionEndsUp = now.Up + grant.SessionEnd * 1_000 - clock;
        if (continued?.Session == grant.Session) sessionEndsUp = Math.Min(sessionEndsUp, continued.SessionEndsUp);
        var endsUp = Math.Min(now.Up + grant.DurationSeconds * 1_000L, sessionEndsUp);
        return new Lease(grant.Session, grant.Counter, grant.LeaseEnd * 1_000, endsUp, sessionEndsUp);
    }

    public bool IsOver(ChipTick now, ChipClock clock) => now.Up >= EndsUp || clock.HasReached(EndsAt, now);
}
