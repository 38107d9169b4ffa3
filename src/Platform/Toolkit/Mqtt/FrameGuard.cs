using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// Refuses a packet on its fixed header, before a byte of its body is buffered, when it is oversized (the standard allows 256 MB, even before
/// CONNECT); the first one must be CONNECT. Looks at each byte of the stream once and
/// passes everything else through.
/// </summary>
/// <param name="inner">The connection's input.</param>
/// <param name="limit">Largest remaining length in bytes.</param>
/// <param name="refuse">Called once, before the connection is aborted: why, and the header's bytes.</param>
internal sealed class FrameGuard(PipeReader inner, int limit, Action<RejectionKind, byte[]> refuse) : PipeReader
{
    private const byte Connect = 0x10;
    private readonly byte[] _header = new byte[5];
    private ReadOnlySequence<byte> _current;
    private long _scanned;
    private long _bodyLeft;
    private int _headerLength;
    private int _length;
    private bool _isGreeted;

    /// <summary>True once the client has sent anything at all.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>True once the client itself has ended the connection.</summary>
    public bool HasLeft { get; private set; }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Inspect(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result)) return false;
        result = Inspect(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _scanned -= _current.Slice(_current.Start, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Inspect(ReadResult result)
    {
        _current = result.Buffer;
        HasLeft |= result.IsCompleted;
        foreach (var segment in result.Buffer.Slice(_scanned))
        {
            if (Scan(segment.Span) is not { } refused) continue;
            refuse(refused, _header[.._headerLength]);
            throw new ConnectionAbortedException("MQTT packet refused on its header.");
        }

        _scanned = result.Buffer.Length;
        return result;
    }

    private RejectionKind? Scan(ReadOnlySpan<byte> bytes)
    {
        HasSpoken |= bytes.Length > 0;
        while (bytes.Length > 0)
        {
            if (_bodyLeft > 0)
            {
                var skip = (int)Math.Min(_bodyLeft, bytes.Length);
                _bodyLeft -= skip;
                bytes = bytes[skip..];
                continue;
            }

            var next = bytes[0];
            bytes = bytes[1..];
            _header[_headerLength++] = next;
            if (_headerLength == 1)
            {
                _length = 0;
                if (!MayBegin(next)) return RejectionKind.NoMqtt;
                _isGreeted = true;
                continue;
            }

            _length |= (next & 0x7F) << (7 * (_headerLength - 2));
            var goesOn = (next & 0x80) != 0;
            if (_length > limit || (goesOn && _headerLength == _header.Length)) return RejectionKind.Oversized;
            if (goesOn) continue;
            (_headerLength, _bodyLeft) = (0, _length);
        }

        return null;
    }

    // Whether a later packet begins as the standard fixes it is checked where it can be answered.
    private bool MayBegin(byte first) => _isGreeted || first == Connect;
}
