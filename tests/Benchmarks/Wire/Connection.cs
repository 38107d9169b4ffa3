using System.Net;
using System.Net.Sockets;

namespace Anlan.Benchmarks.Wire;

/// <summary>One loopback connection of an <see cref="EventLoop"/>: buffers, and what the protocol makes of them.</summary>
internal abstract class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private EventLoop? _loop;
    private byte[] _input = new byte[1024];
    private int _received;
    private byte[] _output = new byte[512];
    private int _waiting;
    private bool _isRemembered;

    /// <summary>Index in the loop.</summary>
    public int Number { get; private set; }

    /// <summary>The socket's descriptor.</summary>
    public nint Handle => _socket.Handle;

    /// <summary>True once the other side closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Where it comes from: an address of this machine; loopback has sixteen million.</summary>
    public IPAddress From { get; init; } = IPAddress.Loopback;

    /// <summary>Connects.</summary>
    public void Open(EventLoop loop, int number, int port)
    {
        (_loop, Number) = (loop, number);
        if (!From.Equals(IPAddress.Loopback)) _socket.Bind(new IPEndPoint(From, 0));
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Blocking = false;
        Opened();
    }

    /// <summary>Reads what is there and hands over whole messages.</summary>
    public void Receive()
    {
        while (!IsClosed)
        {
            if (_received == _input.Length) Array.Resize(ref _input, _input.Length * 2);
            var room = _input.Length - _received;
            var count = _socket.Receive(_input.AsSpan(_received, room), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success || count == 0)
            {
                Closed();
                return;
            }

            _received += count;
            var used = 0;
            while (used < _received && Take(_input.AsSpan(used, _received - used)) is > 0 and var taken) used += taken;
            if (used > 0) Buffer.BlockCopy(_input, used, _input, 0, _received -= used);
            if (count < room) return;
        }
    }

    /// <summary>Sends what waits; false when the system takes no more for now.</summary>
    public bool Send()
    {
        _isRemembered = false;
        if (_waiting == 0 || IsClosed) return true;
        var sent = _socket.Send(_output.AsSpan(0, _waiting), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Closed();
            return true;
        }

        Buffer.BlockCopy(_output, sent, _output, 0, _waiting -= sent);
        return _waiting == 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        IsClosed = true;
        _socket.Dispose();
    }

    /// <summary>Called once connected.</summary>
    protected virtual void Opened()
    {
    }

    /// <summary>Takes one message from the front of the input; answers its length, or 0 while it is incomplete.</summary>
    protected abstract int Take(ReadOnlySpan<byte> input);

    /// <summary>Room at the end of the output; sent at the end of the loop's turn.</summary>
    protected Span<byte> Write(int length)
    {
        if (_output.Length - _waiting < length) Array.Resize(ref _output, Math.Max(_output.Length * 2, _waiting + length));
        var room = _output.AsSpan(_waiting, length);
        _waiting += length;
        if (!_isRemembered) _loop!.Remember(this);
        _isRemembered = true;
        return room;
    }

    /// <summary>Called when the other side closed.</summary>
    protected virtual void Closed() => IsClosed = true;
}
