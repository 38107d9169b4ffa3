using System.ComponentModel.DataAnnotations;

namespace Anlan.Accounts;

/// <summary>Settings of Accounts, section <c>Anlan:Accounts</c>.</summary>
internal sealed class AccountsOptions
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for passwords and PINs. Benches with thousands of accounts lower it; an installation never does.</summary>
    [Range(1_000, 10_000_000)]
    public int HashIterations { get; set; } = 100_000;

    /// <summary>Failed sign-ins and claims per minute from one network address, whatever the account, before further ones are refused.</summary>
    [Range(1, 100_000)]
    public int FailuresPerMinute { get; set; } = 30;

    /// <summary>How long desk accounts stay signed in without use.</summary>
    public TimeSpan DeskSession { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a welder's phone stays signed in without use; each start of a machine asks for the PIN anyway.</summary>
    public TimeSpan PhoneSession { get; set; } = TimeSpan.FromDays(30);
}
