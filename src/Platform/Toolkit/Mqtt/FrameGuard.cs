using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// Refuses an oversized MQTT packet on its fixed header, before a byte of its body is buffered: the broker library would buffer up to
/// 256 MB, even before CONNECT. Looks at each byte of the stream once and passes everything else through.
/// </summary>
/// <param name="inner">The connection's input.</param>
/// <param name="limit">Largest remaining length in bytes.</param>
/// <param name="onOversize">Called once, before the connection is aborted.</param>
internal sealed class FrameGuard(PipeReader inner, int limit, Action onOversize) : PipeReader
{
    private ReadOnlySequence<byte> _current;
    private long _scanned;
    private long _bodyLeft;
    private bool _inHeader;
    private int _length;
    private int _shift;

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
        foreach (var segment in result.Buffer.Slice(_scanned))
        {
            if (Scan(segment.Span)) continue;
            onOversize();
            throw new ConnectionAbortedException("MQTT packet larger than allowed.");
        }

        _scanned = result.Buffer.Length;
        return result;
    }

    private bool Scan(ReadOnlySpan<byte> bytes)
    {
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
            if (!_inHeader)
            {
                (_inHeader, _length, _shift) = (true, 0, 0);
                continue;
            }

            _length |= (next & 0x7F) << _shift;
            _shift += 7;
            if (_length > limit || _shift > 28) return false;
            if ((next & 0x80) != 0) continue;
            (_inHeader, _bodyLeft) = (false, _length);
        }

        return true;
    }
}

/// <summary>The connection's two pipes with a guarded input.</summary>
internal sealed class GuardedPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input { get; } = input;

    public PipeWriter Output { get; } = output;
}
