using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>What is due for an open session.</summary>
internal enum SessionDue
{
    /// <summary>Nothing.</summary>
    Nothing,
    /// <summary>The start was not acknowledged within its window.</summary>
    GiveUp,
    /// <summary>The lease is to be renewed.</summary>
    Renew,
    /// <summary>The lease is surely over, and the chip said nothing.</summary>
    Lapse,
}

/// <summary>Decides what is due: session, time and rules in, answer out.</summary>
internal static class SessionClock
{
    /// <summary>After the window, the grant may still be on its way to be acknowledged.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    public static SessionDue DueOf(OpenSession open, DateTimeOffset now, WeldingLimits rules)
    {
        if (now >= open.LeaseUntil + rules.LeaseGrace) return SessionDue.Lapse;
        return open.State switch
        {
            SessionState.Authorised when now >= open.GrantedAt + rules.StartWindow + AnswerTime => SessionDue.GiveUp,
            SessionState.Running when open.LeaseUntil < open.EndsAt && now < open.LeaseUntil && IsRenewalDue(open, now, rules) => SessionDue.Renew,
            _ => SessionDue.Nothing,
        };
    }

    // A lease that is over is not renewed: the chip cut the power and will not resume the session (CHIP-GRANT-08).
    // At half of the lease: a network that fails then leaves the welder as much time again. An unanswered renewal is repeated once its
    // window is over, with a new counter.
    private static bool IsRenewalDue(OpenSession open, DateTimeOffset now, WeldingLimits rules) =>
        IsSetBack(open, now) || (open.IsGrantAcknowledged ? now >= open.LeaseUntil - (rules.Lease / 2) : now >= open.GrantedAt + rules.RenewalWindow + AnswerTime);

    /// <summary>The grant lies in the future: the clock was set back. Its lease says nothing any more about what the chip has left, which counts by its own uptime.</summary>
    public static bool IsSetBack(OpenSession open, DateTimeOffset now) => now < open.GrantedAt - AnswerTime;
}
