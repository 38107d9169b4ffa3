using System.Net;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Credentials;

/// <summary>
/// Slows whoever guesses over many accounts from one address. Only failures count: a phone network's shared address or a loader that signs
/// thousands in correctly is not hindered. Beyond what <see cref="AddressBrake"/> counts, accounts are still locked one by one.
/// </summary>
internal sealed class FailureBrake(TimeProvider clock, IOptions<AccountsOptions> options)
{
    private readonly AddressBrake _failures = new(clock, TimeSpan.FromMinutes(1));

    public bool IsOn(IPAddress? address) => _failures.CountOf(address) >= options.Value.FailuresPerMinute;

    public void Fail(IPAddress? address) => _failures.Count(address);
}
