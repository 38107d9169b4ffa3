using System.ComponentModel.DataAnnotations;

namespace Anlan.Accounts;

/// <summary>Settings of Accounts, section <c>Anlan:Accounts</c>.</summary>
internal sealed class AccountsOptions
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for passwords and PINs. Benches with thousands of accounts lower it; an installation never does.</summary>
    [Range(1_000, 10_000_000)]
    public int HashIterations { get; set; } = 100_000;

    /// <summary>Failed sign-ins, codes and claims per minute from one network address, whatever the account, before further ones are refused.</summary>
    [Range(1, 100_000)]
    public int FailuresPerMinute { get; set; } = 30;

    /// <summary>How long a desk (organs, administrators, safety managers) stays signed in without use, 1 minute to 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan DeskIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a desk stays signed in at most, used or not, 5 minutes to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan DeskLongest { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long an installer's phone stays signed in without use, 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan FieldIdle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long an installer's phone stays signed in at most, 5 minutes to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan FieldLongest { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a welder's phone stays signed in without use, 1 minute to 365 days; each start of a machine asks for a proof of person anyway.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan PhoneIdle { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a welder's phone stays signed in at most, 5 minutes to 365 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "365.00:00:00")]
    public TimeSpan PhoneLongest { get; set; } = TimeSpan.FromDays(180);

    /// <summary>File of stolen passwords as Have I Been Pwned publishes it: sorted lines <c>SHA-1:count</c>. Empty = only the list of the worst that comes along.</summary>
    public string? BreachedPasswords { get; set; }

    /// <summary>Prints a set-up link although administrators exist, for whoever runs the machine when none of them can sign in any more. Set for one start only.</summary>
    public bool SetUpAgain { get; set; }

    /// <summary>False in a demo (<c>Anlan:Demo</c>), where a second factor is possible but not demanded.</summary>
    public bool DemandsSecondFactor { get; set; } = true;
}
