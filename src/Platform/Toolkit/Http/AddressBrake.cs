using System.Collections.Concurrent;
using System.Net;

namespace Anlan.Toolkit.Http;

/// <summary>Counts what comes from one address within a window of time, so that whoever tries over and over can be slowed. Memory only; an IPv6 network counts as one address.</summary>
/// <param name="clock">The one clock.</param>
/// <param name="window">How long a count lasts, from its first.</param>
public sealed class AddressBrake(TimeProvider clock, TimeSpan window)
{
    private const int MostAddresses = 10_000;
    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Ends, int Count)> _byAddress = new();

    /// <summary>How many were counted from this address within the present window; 0 when none.</summary>
    public int CountOf(IPAddress? address) => _byAddress.TryGetValue(KeyOf(address), out var count) && clock.GetUtcNow() < count.Ends ? count.Count : 0;

    /// <summary>Counts one more and says how many that makes within the window. While more addresses count than memory is kept for, a new one is not counted and this answers 1.</summary>
    public int Count(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        var key = KeyOf(address);
        if (!_byAddress.ContainsKey(key) && !HasRoom(now)) return 1;
        return _byAddress.AddOrUpdate(key, _ => (now + window, 1), (_, count) => now < count.Ends ? (count.Ends, count.Count + 1) : (now + window, 1)).Count;
    }

    // With ten thousand addresses within a window further ones are not slowed: memory stays what it is.
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
