using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
    private readonly ConcurrentDictionary<string, (DateTimeOffset Ends, int Failures)> _byAddress = new(StringComparer.Ordinal);

    public bool IsOn(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        return _byAddress.TryGetValue(KeyOf(address), out var count) && now < count.Ends && count.Failures >= options.Value.FailuresPerMinute;
    }

    public void Fail(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        if (_byAddress.Count >= MostAddresses) Forget(now);
        _byAddress.AddOrUpdate(KeyOf(address), _ => (now + Window, 1), (_, count) => now < count.Ends ? (count.Ends, count.Failures + 1) : (now + Window, 1));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, count) in _byAddress)
        {
            if (count.Ends <= now) _byAddress.TryRemove(address, out _);
        }
    }

    // An IPv6 customer holds a whole /64.
    private static string KeyOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
