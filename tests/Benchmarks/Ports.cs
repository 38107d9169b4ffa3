using Anlan.Host;

namespace Anlan.Benchmarks;

/// <summary>Finds loopback ports that nobody listens on.</summary>
internal static class Ports
{
    /// <summary>As many different free ports as asked for.</summary>
    public static int[] Free(int count) => [.. Enumerable.Range(0, count).Select(_ => FreePort.Find())];
}
