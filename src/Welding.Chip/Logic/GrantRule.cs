using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Welding.Chip.Logic;

/// <summary>What the chip knows when a grant arrives.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Machine">Its machine, or null.</param>
/// <param name="Counter">Highest counter accepted or revoked.</param>
/// <param name="Clock">Unix milliseconds, or null while the clock is not trusted.</param>
/// <param name="Running">The session that has power now, or null.</param>
/// <param name="LastSession">The session of the last accepted grant, or null.</param>
/// <param name="Obstacle">What keeps the relay open now: tamper, relay fault, gas, heat; or null.</param>
public sealed record ChipFacts(string Serial, Guid? Machine, long Counter, long? Clock, Guid? Running, Guid? LastSession, ChipRefusal? Obstacle);

/// <summary>Decides whether a chip may obey a grant: pure, the first reason wins, no reason means yes (CHIP-GRANT).</summary>
public static class GrantRule
{
    /// <summary>Why the grant is refused, or null. <paramref name="grant"/> is null when no trusted key signed it.</summary>
    public static ChipRefusal? Check(GrantClaims? grant, Guid downlink, ChipFacts chip)
    {
        if (grant is null || grant.Downlink != downlink) return ChipRefusal.BadSignature;
        if (grant.Chip != chip.Serial || chip.Machine is not { } machine || grant.Machine != machine) return ChipRefusal.WrongMachine;
        if (!grant.IsWithinLimits) return ChipRefusal.Unknown;
        if (chip.Obstacle is { } obstacle) return obstacle;
        if (chip.Clock is not { } clock) return ChipRefusal.Clock;
        if (grant.NotBefore * 1_000 > clock + ChipTimings.ClockTolerance) return ChipRefusal.NotYet;
        if (clock >= Math.Min(grant.Expires, grant.LeaseEnd) * 1_000) return ChipRefusal.Expired;
        if (grant.Counter <= chip.Counter) return ChipRefusal.Counter;
        // A session whose power went off, for whatever reason, is over: nobody expects the machine to come back by itself.
        if (grant.Session == chip.LastSession && grant.Session != chip.Running) return ChipRefusal.Expired;
        return null;
    }
}
