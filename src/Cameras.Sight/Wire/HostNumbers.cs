using System.Net;

namespace Anlan.Cameras.Sight.Wire;

/// <summary>Which numbers of machines lie where, seen from any machine.</summary>
public static class HostNumbers
{
    // 169.254.169.254, fd00:ec2::254, 100.100.100.200 and 192.0.0.192 answer with the secrets of a machine to whoever asks from it: no camera lives there.
    private static readonly IPNetwork[] Machine = Read("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/127", "fe80::/10", "ff00::/8", "fd00:ec2::254/128");
    private static readonly IPNetwork[] Private = Read("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "fc00::/7", "fec0::/10");

    /// <summary>What has to be allowed for a number.</summary>
    public static AddressReach ReachOf(IPAddress number)
    {
        var plain = Plain(number);
        return Holds(Machine, plain) ? AddressReach.OwnMachine : Holds(Private, plain) ? AddressReach.OwnNetwork : AddressReach.Outside;
    }

    // IPv6 numbers that only wrap an IPv4 number (mapped, compatible, NAT64, 6to4) lead to where that one leads.
    private static IPAddress Plain(IPAddress number)
    {
        if (number.IsIPv4MappedToIPv6) return number.MapToIPv4();
        if (number.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return number;
        var bytes = number.GetAddressBytes();
        var isCompatible = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12, 3).IndexOfAnyExcept((byte)0) >= 0;
        var isNat64 = bytes.AsSpan(0, 12).SequenceEqual<byte>([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]);
        return isCompatible || isNat64 ? new IPAddress(bytes.AsSpan(12)) : bytes is [0x20, 0x02, ..] ? new IPAddress(bytes.AsSpan(2, 4)) : number;
    }

    private static bool Holds(IPNetwork[] networks, IPAddress number) => networks.Any(network => network.BaseAddress.AddressFamily == number.AddressFamily && network.Contains(number));

    private static IPNetwork[] Read(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
