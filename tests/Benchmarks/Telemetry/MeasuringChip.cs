using System.Diagnostics;
using System.Text;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;
using Anlan.Welding.Chip;

namespace Anlan.Benchmarks.Telemetry;

/// <summary>What all measuring chips share; used by one thread.</summary>
internal sealed class MeasuringLoad
{
    private bool _isOver;

    /// <summary>From a message until its acknowledgement.</summary>
    public Latencies Latencies { get; private set; } = new();

    /// <summary>Messages without their acknowledgement.</summary>
    public int UnderWay { get; private set; }

    /// <summary>True = the next message leaves when somebody says so, not as soon as the last one was acknowledged.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Forgets what was measured while warming up.</summary>
    public void Begin() => Latencies = new Latencies();

    /// <summary>No further messages.</summary>
    public void End() => _isOver = true;

    /// <summary>May another message go out? Then it is under way.</summary>
    public bool TryBegin()
    {
        if (_isOver) return false;
        UnderWay++;
        return true;
    }

    /// <summary>A message was acknowledged.</summary>
    public void Done(long since)
    {
        UnderWay--;
        if (!_isOver && !IsPaced) Latencies.AddSince(since);
    }
}

/// <summary>A chip that measures as fast as it is listened to, unless its load is paced: the next message leaves when the last one was acknowledged. Ten points of ten seconds a message, so that roll-ups have all their work.</summary>
internal sealed class MeasuringChip : MqttConnection
{
    /// <summary>Points of a message.</summary>
    public const int PointsAMessage = 10;

    private const int LongDigits = 13;
    private readonly MeasuringLoad _load;
    private readonly byte[] _topic;
    private readonly byte[] _message;
    private readonly List<(int Place, long Offset)> _times = [];
    private readonly int _seqPlace;
    private long _seq = 1_000_000_000_000;
    private long _at;
    private long _sentAt;

    public MeasuringChip(BenchMachine machine, MeasuringLoad load) : base(machine.Serial, machine.Secret)
    {
        _load = load;
        _topic = Encoding.ASCII.GetBytes(ChipTopics.Up(machine.Serial, ChipTopics.Telemetry));
        // Long ago enough that no message is ahead of the server's clock, however fast they go.
        _at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var text = new StringBuilder("{\"boot\":1,\"seq\":");
        _seqPlace = Digits(text);
        text.Append(",\"up\":");
        _times.Add((Digits(text), 0));
        text.Append(",\"at\":");
        _times.Add((Digits(text), 0));
        text.Append(",\"session\":null,\"points\":[");
        for (var i = 0; i < PointsAMessage; i++)
        {
            var before = (i - PointsAMessage + 1) * 1_000L;
            text.Append(i == 0 ? "{\"t\":" : ",{\"t\":");
            _times.Add((Digits(text), before));
            text.Append(",\"up\":");
            _times.Add((Digits(text), before));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"a\":{150 + i}.{i},\"v\":2{i}.4,\"arc\":false,\"temp\":4{i}.5,\"gas\":false}}");
        }

        _message = Encoding.ASCII.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>Sends the next message.</summary>
    public void Measure()
    {
        if (!_load.TryBegin()) return;
        Put(_seqPlace, ++_seq);
        _at += PointsAMessage * 1_000;
        foreach (var (place, offset) in _times) Put(place, _at + offset);
        _sentAt = Stopwatch.GetTimestamp();
        Publish(_topic, _message);
    }

    protected override void Acknowledged(ushort packet)
    {
        _load.Done(_sentAt);
        if (!_load.IsPaced) Measure();
    }

    protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection.");

    private static int Digits(StringBuilder text)
    {
        text.Append('0', LongDigits);
        return text.Length - LongDigits;
    }

    private void Put(int place, long number)
    {
        for (var i = place + LongDigits - 1; i >= place; i--, number /= 10) _message[i] = (byte)('0' + number % 10);
    }
}
