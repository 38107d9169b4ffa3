using System.Buffers.Text;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Welding.Chip.Logic;

/// <summary>
/// A chip without hardware: whoever drives it says what time it is, what arrived and what is measured, and obeys
/// <see cref="IsRelayClosed"/> and <see cref="Pending"/>. No socket, no wall clock, no randomness, one thread. A new instance is a power-up.
/// </summary>
public sealed partial class ChipLogic
{
    private const int MostAnswers = 8;
    private readonly ChipIdentity _identity;
    private readonly IChipStore _store;
    private readonly ChipClock _clock = new();
    private readonly Outbox _outbox = new();
    private readonly Guardian _guardian = new();
    private readonly TelemetryBuffer _telemetry = new();
    private readonly Queue<Guid> _done = new();
    private ChipMemory _memory;
    private TrustedKeys _keys;
    private Lease? _lease;
    private SelfTest? _test;
    private byte[]? _nonce;
    private long _seq;
    private long _helloUp;
    private bool _isConnected;
    private bool _hasTold;

    /// <summary>Powers up: counts the boot, relay open, clock not trusted.</summary>
    /// <exception cref="IOException">The boot cannot be counted: a chip that cannot remember stays off.</exception>
    public ChipLogic(ChipIdentity identity, IChipStore store)
    {
        _identity = identity;
        _store = store;
        var memory = store.Load();
        _memory = memory with { Boot = memory.Boot + 1 };
        store.Save(_memory);
        _keys = TrustedKeys.Of(_memory.Keys);
    }

    /// <summary>True = the machine has power. The driver obeys at once.</summary>
    public bool IsRelayClosed => _lease is not null;

    /// <summary>The session that has power, or null.</summary>
    public Guid? Session => _lease?.Session;

    /// <summary>Uplinks that the server has not acknowledged, oldest first.</summary>
    public IReadOnlyList<PendingUplink> Pending => _outbox.Pending;

    /// <summary>What to send on a new connection: the hello first, then the rest in its order.</summary>
    public IEnumerable<PendingUplink> PendingForNewConnection => _outbox.ForNewConnection();

    /// <summary>What the chip keeps without power.</summary>
    public ChipMemory Memory => _memory;

    /// <summary>Position, or null when unknown; set by the driver.</summary>
    public ChipPosition? Position { get; set; }

    /// <summary>Strength of the radio signal in dBm, or null; set by the driver.</summary>
    public int? Rssi { get; set; }

    /// <summary>Downlinks that could not be read at all: nobody can be told.</summary>
    public long UnreadableDownlinks { get; private set; }

    /// <summary>True when the clock may be used to judge grants.</summary>
    public bool IsClockTrusted(ChipTick now) => _clock.IsTrusted(now);

    /// <summary>True when a connected chip has to ask for the time: the driver then calls <see cref="SayHello"/>.</summary>
    public bool WantsHello(ChipTick now) =>
        _isConnected && now.Up - _helloUp >= (_clock.IsTrusted(now) ? ChipTimings.HelloPeriod : ChipTimings.HelloRetry);

    /// <summary>Connected and subscribed: says hello, which asks for the time.</summary>
    /// <param name="now">Now.</param>
    /// <param name="nonce">16 random bytes from the driver.</param>
    public void SayHello(ChipTick now, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != 16) throw new ArgumentException("A nonce has 16 bytes.", nameof(nonce));
        Advance(now);
        (_isConnected, _helloUp, _nonce) = (true, now.Up, nonce.ToArray());
        var seq = ++_seq;
        Add(seq, ChipTopics.Hello, new Hello(
            _memory.Boot, seq, now.Up, _clock.Read(now), _identity.Firmware, _memory.Counter, Base64Url.EncodeToString(nonce), IsRelayClosed, _memory.IsTampered,
            Position, _identity.Model, _memory.ConfigVersion));
        if (_hasTold) return;
        _hasTold = true;
        TellState(now, RelayReason.Restart, null);
    }

    /// <summary>The connection ended. Nothing else changes: a lease needs no network.</summary>
    public void Disconnected() => (_isConnected, _nonce) = (false, null);

    /// <summary>The server acknowledged an uplink.</summary>
    public void Settle(long seq) => _outbox.Settle(seq);

    /// <summary>Lets time pass: ends the lease when its time is over. Called at least every 200 ms (CHIP-LEASE-05).</summary>
    public void Advance(ChipTick now)
    {
        if (_lease is { } lease && lease.IsOver(now, _clock)) Open(now, RelayReason.LeaseEnd);
    }

    /// <summary>The stop button on the machine.</summary>
    public void PressStop(ChipTick now)
    {
        Advance(now);
        Open(now, RelayReason.Button);
        TellEvent(now, ChipEventKind.Button, null);
    }

    /// <summary>Takes a measurement.</summary>
    public void Sense(ChipTick now, in Senses senses)
    {
        Advance(now);
        foreach (var (kind, value) in _guardian.Watch(now, senses, IsRelayClosed))
        {
            if (kind == ChipEventKind.Tamper) RememberTampering();
            if (ReasonOf(kind) is { } reason) Open(now, reason);
            TellEvent(now, kind, value);
        }

        if (_test is { } test && test.Take(now, senses)) TellTest(now, test.Downlink, null, test);
        if (_telemetry.Take(now, _clock.Read(now), senses, IsRelayClosed)) FlushTelemetry(now);
    }

    private ChipRefusal? Obstacle => this switch
    {
        _ when _memory.IsTampered || _guardian.IsOpened => ChipRefusal.Tamper,
        _ when _guardian.HasRelayFault => ChipRefusal.RelayFault,
        _ when _guardian.IsGas => ChipRefusal.Gas,
        _ when _guardian.IsTooHot => ChipRefusal.OverTemperature,
        _ => null,
    };

    private static RelayReason? ReasonOf(ChipEventKind kind) => kind switch
    {
        ChipEventKind.Tamper => RelayReason.Tamper,
        ChipEventKind.Gas => RelayReason.Gas,
        ChipEventKind.OverTemperature => RelayReason.OverTemperature,
        ChipEventKind.RelayFault => RelayReason.Fault,
        _ => null,
    };

    private void RememberTampering()
    {
        _memory = _memory with { IsTampered = true };
        TrySave(_memory);
    }

    private void Open(ChipTick now, RelayReason reason)
    {
        if (Cut(now) is { } ended) TellState(now, reason, ended);
    }

    /// <summary>Opens the relay; answers whose power that ended, or null. Whoever cuts tells.</summary>
    private Guid? Cut(ChipTick now)
    {
        if (_lease is not { } ended) return null;
        FlushTelemetry(now);
        _lease = null;
        return ended.Session;
    }

    private bool TrySave(ChipMemory memory)
    {
        try
        {
            _store.Save(memory);
            return true;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void TellState(ChipTick now, RelayReason reason, Guid? session)
    {
        var seq = ++_seq;
        Add(seq, ChipTopics.State, new StateReport(_memory.Boot, seq, now.Up, _clock.Read(now), IsRelayClosed, reason, session, Position, Rssi));
    }

    private void TellEvent(ChipTick now, ChipEventKind kind, double? value)
    {
        var seq = ++_seq;
        Add(seq, ChipTopics.Event, new EventReport(_memory.Boot, seq, now.Up, _clock.Read(now), kind, value));
    }

    private void TellTest(ChipTick now, Guid downlink, ChipRefusal? why, SelfTest? measured = null)
    {
        if (_test?.Downlink == downlink) _test = null;
        var seq = ++_seq;
        Add(seq, ChipTopics.Test, new TestReport(
            _memory.Boot, seq, now.Up, _clock.Read(now), downlink, why is null, why, measured?.Contact, measured?.Amperes, measured?.Volts, _memory.Machine, _memory.IsTampered || _guardian.IsOpened, Position, Rssi));
    }

    private void FlushTelemetry(ChipTick now)
    {
        if (_telemetry.Flush() is not { } points) return;
        var seq = ++_seq;
        Add(seq, ChipTopics.Telemetry, new TelemetryBatch(_memory.Boot, seq, now.Up, _clock.Read(now), Session, points));
    }

    private void Add<T>(long seq, string channel, T message) where T : class, IChipMessage => _outbox.Add(new PendingUplink(seq, channel, ChipJson.Write(message)));
}
