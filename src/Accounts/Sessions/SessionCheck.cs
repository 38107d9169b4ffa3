using System.Security.Claims;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;

namespace Anlan.Accounts.Sessions;

/// <summary>Says at each request whether a session still holds. Everything in memory: the account's state and stamp, the session's ends, the second factor.</summary>
internal sealed class SessionCheck(AccountIndex accounts, SessionIndex sessions, DoorRules doors, TimeProvider clock)
{
    /// <summary>The account behind the principal if it and the session are in force.</summary>
    public AccountFacts? FindInForce(ClaimsPrincipal? principal) => FindOpen(principal) is { } session && EndOf(session, clock.GetUtcNow()) is null ? accounts.Find(session.Account) : null;

    /// <summary>The session that the principal's cookie names, in force or not; null when it has ended.</summary>
    public SessionFacts? FindOpen(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirstValue(SessionCookie.SessionClaim), out var id) ? sessions.Find(id) : null;

    /// <summary>True when the principal of a request may go on; a use begins the idle time anew.</summary>
    public bool Pass(ClaimsPrincipal? principal, bool isUse)
    {
        var now = clock.GetUtcNow();
        if (FindOpen(principal) is not { } session || EndOf(session, now) is not null) return false;
        if (isUse) session.See(now);
        return true;
    }

    /// <summary>How long the session lasts if nobody uses it again.</summary>
    public TimeSpan LeftOf(SessionFacts session)
    {
        var now = clock.GetUtcNow();
        var idle = session.LastSeen + IdleOf(session) - now;
        var most = session.EndsAt - now;
        return idle < most ? idle : most;
    }

    /// <summary>Why the session no longer holds, or null.</summary>
    public SessionEnd? EndOf(SessionFacts session, DateTimeOffset now)
    {
        if (accounts.FindInForce(session.Account, session.Stamp) is not { } account) return SessionEnd.CredentialsChanged;
        // An installation that was a demo yesterday asks today.
        if (!session.HasFactor && doors.DemandsSecondFactor(account.Role)) return SessionEnd.CredentialsChanged;
        if (now >= session.EndsAt) return SessionEnd.TooLong;
        return now - session.LastSeen >= doors.IdleOf(account.Role) ? SessionEnd.Idle : null;
    }

    private TimeSpan IdleOf(SessionFacts session) => accounts.Find(session.Account) is { } account ? doors.IdleOf(account.Role) : TimeSpan.Zero;
}
