using System.Net;
using System.Net.Sockets;

namespace Anlan.Benchmarks;

/// <summary>Finds loopback ports that nobody listens on.</summary>
internal static class Ports
{
    /// <summary>As many different free ports as asked for.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
