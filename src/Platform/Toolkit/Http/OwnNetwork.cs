using System.Net;
using System.Net.Sockets;

namespace Anlan.Toolkit.Http;

/// <summary>
/// Keeps requests to configured addresses out of the server's own network: names are resolved here and the address that was judged is the one that is
/// connected to, so that a name cannot mean something else a moment later.
/// </summary>
public static class OwnNetwork
{
    private static readonly IPNetwork[] Own =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "fc00::/7", "fe80::/10", "ff00::/8", "64:ff9b::/96", "2002::/16",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>True for loopback, private, link-local and multicast addresses, and for such that lead to them.</summary>
    public static bool Holds(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Own.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>Connects to the first address of a host that lies outside.</summary>
    /// <exception cref="OwnNetworkException">All of them lie inside.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var outside = addresses.Where(address => !Holds(address)).ToArray();
        if (outside.Length == 0) throw new OwnNetworkException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(outside, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address lies in the server's own network and that was not allowed.</summary>
public sealed class OwnNetworkException() : IOException("The address lies in the server's own network; where that is meant, the setting AllowOwnNetwork beside it says so.");
