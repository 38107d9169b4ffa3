namespace Anlan.Accounts.Registry;

/// <summary>Five wrong tries lock for 15 minutes: for passwords, PINs and invitation codes alike.</summary>
internal sealed class FailureLock
{
    /// <summary>The try that locks.</summary>
    public const int MostFailures = 5;

    /// <summary>How long it stays locked.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(15);

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;

    /// <summary>Counts a wrong try; true when this one locked.</summary>
    public bool Fail(DateTimeOffset now)
    {
        if (LockedUntil <= now) Clear();
        Failures++;
        if (Failures < MostFailures) return false;
        LockedUntil = now + Duration;
        return true;
    }

    public void Clear()
    {
        Failures = 0;
        LockedUntil = null;
    }
}
