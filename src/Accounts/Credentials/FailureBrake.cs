using System.Collections.Concurrent;
using System.Net;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Credentials;

/// <summary>
/// Slows whoever guesses over many accounts from one address. Only failures count: a phone network's shared address or a loader that signs
/// thousands in correctly is not hindered.
/// </summary>
internal sealed class FailureBrake(TimeProvider clock, IOptions<AccountsOptions> options)
{
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Ends, int Failures)> _byAddress = new();

    public bool IsOn(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        return _byAddress.TryGetValue(KeyOf(address), out var count) && now < count.Ends && count.Failures >= options.Value.FailuresPerMinute;
    }

    public void Fail(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        var key = KeyOf(address);
        if (!_byAddress.ContainsKey(key) && !HasRoom(now)) return;
        _byAddress.AddOrUpdate(key, _ => (now + Window, 1), (_, count) => now < count.Ends ? (count.Ends, count.Failures + 1) : (now + Window, 1));
    }

    // With ten thousand guessing addresses within a minute further ones are not slowed: accounts are still locked one by one, and memory stays what it is.
    private bool HasRoom(DateTimeOffset now)
    {
        if (_byAddress.Count < MostAddresses) return true;
        foreach (var (address, count) in _byAddress)
        {
            if (count.Ends <= now) _byAddress.TryRemove(address, out _);
        }

        return _byAddress.Count < MostAddresses;
    }

    private static IPAddress KeyOf(IPAddress? address) => address is null ? IPAddress.None : AddressNetwork.Of(address);
}
