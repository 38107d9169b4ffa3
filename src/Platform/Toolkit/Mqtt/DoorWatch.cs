using System.IO.Pipelines;
using System.Net;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// Watches one connection at the broker's door: what is refused before the broker can name a device is counted once and kept with the address
/// it came from. The broker answers a readable CONNECT, whatever the answer; a connection that it never answered spoke no MQTT.
/// </summary>
internal sealed class DoorWatch : IDuplexPipe
{
    private readonly RejectedUplinks _rejected;
    private readonly MqttCounters _counters;
    private readonly TimeProvider _clock;
    private readonly string _from;
    private readonly int _limit;
    private readonly FrameGuard _input;
    private readonly AnsweringPipe _output;
    private bool _isRefused;

    public DoorWatch(IDuplexPipe transport, EndPoint? remote, int limit, RejectedUplinks rejected, MqttCounters counters, TimeProvider clock)
    {
        (_rejected, _counters, _clock, _limit, _from) = (rejected, counters, clock, limit, RejectedUplinks.AddressOf(remote));
        _input = new FrameGuard(transport.Input, limit, Refuse);
        _output = new AnsweringPipe(transport.Output);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>The connection is over.</summary>
    public void End()
    {
        // Who opens and closes the door without a word (a health probe) did nothing wrong.
        if (_isRefused || _output.HasAnswered || (_input.HasLeft && !_input.HasSpoken)) return;
        Keep(RejectionKind.NoMqtt, _input.HasSpoken ? "No readable CONNECT." : "Not a word within the time for CONNECT.", []);
    }

    /// <summary>Counts and keeps what was refused; once for a connection.</summary>
    public void Refuse(RejectionKind kind, byte[] header)
    {
        if (_isRefused) return;
        _isRefused = true;
        Keep(kind, kind is RejectionKind.Oversized ? $"A packet of more than {_limit} bytes was announced." : $"A packet does not begin with 0x{header[0]:x2} here.", header);
    }

    private void Keep(RejectionKind kind, string reason, byte[] header)
    {
        // Kept first: whoever sees it counted finds it.
        _rejected.Keep(kind, _from, null, "", reason, header, Announced(header), _clock.GetUtcNow());
        if (kind is RejectionKind.Oversized) _counters.CountOversized();
        else _counters.CountNoMqtt();
    }

    // Header and remaining length, as far as it was read.
    private static long Announced(ReadOnlySpan<byte> header)
    {
        long length = 0;
        for (var i = 1; i < header.Length; i++) length |= (long)(header[i] & 0x7F) << (7 * (i - 1));
        return header.Length + length;
    }
}
