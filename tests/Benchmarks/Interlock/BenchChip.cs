using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Anlan.Benchmarks.Wire;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Benchmarks.Interlock;

/// <summary>A chip on a lean connection: the real logic decides, so that every signature is verified and every counter checked; nothing is measured but the relay.</summary>
internal sealed class BenchChip : MqttConnection, IChipStore
{
    private static readonly string[] Down = [ChipTopics.Grant, ChipTopics.Revoke, ChipTopics.Time, ChipTopics.Config];
    private static readonly string[] Up = [ChipTopics.Hello, ChipTopics.State, ChipTopics.Acknowledgement];
    private const long Quiet = 30_000;
    private readonly string _serial;
    private readonly byte[][] _topics;
    private readonly Queue<(ushort Packet, long Seq)> _unacknowledged = new();
    private readonly ChipLogic _logic;
    private readonly long _since = Stopwatch.GetTimestamp();
    private ChipMemory _memory;
    private long _published;
    private long _spokeAt;

    /// <param name="machine">Its machine.</param>
    /// <param name="trusted">The keys of a new chip.</param>
    /// <param name="before">What it was before its power was cut; null = it is new.</param>
    public BenchChip(BenchMachine machine, IReadOnlyList<byte[]> trusted, BenchChip? before = null) : base(machine.Serial, machine.Secret)
    {
        _serial = machine.Serial;
        _topics = [.. Up.Select(channel => Encoding.ASCII.GetBytes(ChipTopics.Up(machine.Serial, channel)))];
        _memory = before?._memory ?? new ChipMemory { Keys = trusted };
        _logic = new ChipLogic(new ChipIdentity(machine.Serial, "bench"), this) { Position = new(machine.Latitude, machine.Longitude) };
    }

    /// <summary>True when it knows its machine and has told the server so.</summary>
    public bool IsReady => _memory.Machine is not null && _logic.Pending.Count == 0;

    /// <summary>True = the machine has power.</summary>
    public bool IsPowered => _logic.IsRelayClosed;

    /// <summary>Called when the machine loses its power.</summary>
    public Action? PowerCut { get; set; }

    /// <summary>Called when the server hangs up; null = it must not.</summary>
    public Action? HungUp { get; init; }

    /// <summary>Subscribes; the hello follows by itself.</summary>
    public void Subscribe() => Subscribe(ChipTopics.Subscription(_serial));

    /// <summary>Lets time pass (CHIP-LEASE-05).</summary>
    public void Advance()
    {
        if (_logic.WantsHello(Now)) SayHello();
        else _logic.Advance(Now);
        PublishNew();
        if (Now.Up - _spokeAt < Quiet) return;
        _spokeAt = Now.Up;
        Ping();
    }

    ChipMemory IChipStore.Load() => _memory;

    void IChipStore.Save(ChipMemory memory) => _memory = memory;

    protected override void Subscribed() => SayHello();

    protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var had = IsPowered;
        var channel = topic[(topic.LastIndexOf((byte)'/') + 1)..];
        foreach (var known in Down)
        {
            if (!Ascii.Equals(channel, known)) continue;
            _logic.Receive(Now, known, payload);
            break;
        }

        if (had && !IsPowered) PowerCut?.Invoke();
        PublishNew();
    }

    protected override void Acknowledged(ushort packet)
    {
        var (expected, seq) = _unacknowledged.Dequeue();
        if (packet != expected) throw new InvalidOperationException($"{_serial}: packet {packet} acknowledged before {expected}.");
        _logic.Settle(seq);
    }

    protected override void Closed()
    {
        base.Closed();
        if (HungUp is null) throw new InvalidOperationException($"{_serial}: the server closed the connection.");
        HungUp();
    }

    private ChipTick Now => ChipTick.At((long)Stopwatch.GetElapsedTime(_since).TotalMilliseconds);

    private void SayHello()
    {
        Span<byte> nonce = stackalloc byte[16];
        RandomNumberGenerator.Fill(nonce);
        _logic.SayHello(Now, nonce);
        PublishNew();
    }

    private void PublishNew()
    {
        var pending = _logic.Pending;
        for (var i = 0; i < pending.Count; i++)
        {
            var uplink = pending[i];
            if (uplink.Seq <= _published) continue;
            _published = uplink.Seq;
            _spokeAt = Now.Up;
            _unacknowledged.Enqueue((Publish(_topics[Array.IndexOf(Up, uplink.Channel)], uplink.Payload), uplink.Seq));
        }
    }
}
