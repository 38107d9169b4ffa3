using System.Net;
using System.Net.Sockets;

namespace Anlan.Host;

/// <summary>Finds a free loopback port: Orleans listens for itself only, and two installations on one machine must not collide.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
