using System.Net;
using System.Net.Sockets;

namespace Anlan.Toolkit.Http;

/// <summary>For whom an address stands when connections, requests or failures are counted.</summary>
public static class AddressNetwork
{
    /// <summary>An IPv4 address itself, also when it is written as one of IPv6; of IPv6 the /64 network, because whoever has one such address has all 2^64 of its network.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
