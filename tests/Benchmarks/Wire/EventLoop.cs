using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Anlan.Benchmarks.Wire;

/// <summary>
/// Serves thousands of loopback connections from one thread with epoll. The load shares the machine's cores with what it measures,
/// so it must cost as little as it can; the same loop drives the baseline and Anlan.
/// </summary>
internal sealed partial class EventLoop : IDisposable
{
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Readable = 0x001;
    private const uint Writable = 0x004;
    private const int MostEvents = 512;

    // struct epoll_event is packed to 12 bytes on x64 and aligned to 16 elsewhere.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 3 : 4;
    private readonly int _epoll = Create(0);
    private readonly int[] _events = new int[MostEvents * Stride];
    private readonly List<Connection> _connections = [];
    private readonly List<Connection> _unsent = [];

    /// <summary>Connects to a loopback port and begins to serve the connection.</summary>
    public T Connect<T>(int port, T connection) where T : Connection
    {
        connection.Open(this, _connections.Count, port);
        _connections.Add(connection);
        Control(Add, connection, Readable);
        return connection;
    }

    /// <summary>Sends what all connections have to say, then serves what arrives within the time. False when nothing did.</summary>
    public bool Turn(int milliseconds)
    {
        Flush();
        var ready = Wait(_epoll, _events, MostEvents, milliseconds);
        for (var i = 0; i < ready; i++)
        {
            var connection = _connections[_events[(i * Stride) + Stride - 2]];
            var what = (uint)_events[i * Stride];
            if ((what & Writable) != 0)
            {
                Control(Modify, connection, Readable);
                Remember(connection);
            }

            if ((what & ~Writable) != 0) connection.Receive();
        }

        Flush();
        return ready > 0;
    }

    /// <summary>Turns for a while.</summary>
    /// <param name="time">How long.</param>
    /// <param name="before">Called before each turn.</param>
    public void TurnFor(TimeSpan time, Action? before = null)
    {
        for (var from = System.Diagnostics.Stopwatch.GetTimestamp(); System.Diagnostics.Stopwatch.GetElapsedTime(from) < time;)
        {
            before?.Invoke();
            Turn(before is null ? 10 : 1);
        }
    }

    /// <summary>Turns until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the time.</exception>
    public void TurnUntil(Func<bool> condition, TimeSpan most, string what)
    {
        var from = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(from) > most) throw new TimeoutException($"Waited {most.TotalSeconds:F0} s for {what}.");
            Turn(100);
        }
    }

    /// <summary>Notes that a connection has something to send; sent together at the end of the turn.</summary>
    public void Remember(Connection connection) => _unsent.Add(connection);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
        _ = Close(_epoll);
    }

    private void Flush()
    {
        for (var i = 0; i < _unsent.Count; i++)
        {
            if (!_unsent[i].Send()) Control(Modify, _unsent[i], Readable | Writable);
        }

        _unsent.Clear();
    }

    private void Control(int operation, Connection connection, uint wanted)
    {
        Span<int> change = stackalloc int[4];
        change[0] = (int)wanted;
        change[Stride - 2] = connection.Number;
        if (Control(_epoll, operation, connection.Handle, ref MemoryMarshal.GetReference(change)) != 0) throw new SocketException(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, nint socket, ref int change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, [Out] int[] events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
