using System.Net;
using System.Net.Sockets;

namespace Anlan.Host;

/// <summary>
/// Finds a free loopback port: Orleans listens for itself only, and two installations on one machine must not collide. Looks below the
/// range from which systems take the ports of outgoing connections, and never gives the same port twice.
/// </summary>
internal static class FreePort
{
    private const int First = 10_240;
    private const int Count = 20_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Find()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No loopback port is free.");
    }
}
