using System.Net.Sockets;
using System.Threading.Channels;
using Anlan.Welding.Chip.Logic;
using MQTTnet.Exceptions;

namespace Anlan.Simulator.Chips;

/// <summary>The hardware around <see cref="ChipLogic"/>: power, counters, sensors and radio, in real time.</summary>
internal sealed class SimulatedChip : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private readonly ChipIdentity _identity;
    private readonly IChipStore _store;
    private readonly IScene _scene;
    private readonly TimeProvider _time;
    private readonly BackOff _backOff;
    private readonly ChipConnection _connection;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ChipLogic _logic;
    private long _poweredAt;
    private long _rtcOffset;
    private bool _hasPower = true;
    private DateTimeOffset _radioBack;
    private CancellationTokenSource _radio = new();

    public SimulatedChip(ChipIdentity identity, string secret, IChipStore store, IScene scene, MqttAddress address, Random dice, TimeProvider time)
    {
        _identity = identity;
        Secret = secret;
        _store = store;
        _scene = scene;
        _time = time;
        _backOff = new BackOff(dice);
        _connection = new ChipConnection(this, address);
        SpeaksVersion5 = dice.Next(2) == 0;
        _rtcOffset = dice.Next(1_000_000);
        _logic = PowerUp();
    }

    /// <summary>Raised when the server acknowledged an uplink.</summary>
    public event Action<PendingUplink>? Acknowledged;

    public string Serial => _identity.Serial;

    public string Secret { get; }

    /// <summary>Half of the chips speak MQTT 5, the others 3.1.1.</summary>
    public bool SpeaksVersion5 { get; }

    public bool IsOnline { get; private set; }

    public bool IsPowered => Ask((logic, _) => logic.IsRelayClosed);

    /// <summary>Reads one item whenever there may be something to send.</summary>
    internal ChannelReader<bool> News => _news.Reader;

    /// <summary>Asks the logic something, alone.</summary>
    internal T Ask<T>(Func<ChipLogic, ChipTick, T> question)
    {
        lock (_gate)
        {
            var up = (long)_time.GetElapsedTime(_poweredAt).TotalMilliseconds;
            return question(_logic, new ChipTick(up, up + _rtcOffset));
        }
    }

    /// <summary>The chip's own clock is set by somebody, or its quartz fails: clock and uptime run apart (CHIP-TIME-05).</summary>
    internal void JumpClock(TimeSpan by)
    {
        lock (_gate) _rtcOffset += (long)by.TotalMilliseconds;
    }

    /// <summary>Does something with the logic, alone; there may be something to send afterwards.</summary>
    internal void Do(Action<ChipLogic, ChipTick> action)
    {
        Ask((logic, now) =>
        {
            action(logic, now);
            return true;
        });
        _news.Writer.TryWrite(true);
    }

    /// <summary>The server acknowledged an uplink.</summary>
    internal void Settle(PendingUplink uplink)
    {
        Do((logic, _) => logic.Settle(uplink.Seq));
        Acknowledged?.Invoke(uplink);
    }

    /// <summary>Lives until stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(BeatAsync(stop), TalkAsync(stop));

    /// <summary>Someone presses the stop button.</summary>
    public void PressStop() => Do((logic, now) => logic.PressStop(now));

    /// <summary>The network is gone for a while; the connection ends without a word.</summary>
    public void LoseNetwork(TimeSpan time)
    {
        lock (_gate)
        {
            _radioBack = _time.GetUtcNow() + time;
            _radio.Cancel();
        }
    }

    /// <summary>The plug is pulled and put back after a while: what is not in the flash is gone.</summary>
    public async Task CutPowerAsync(TimeSpan time, CancellationToken stop)
    {
        lock (_gate) _hasPower = false;
        LoseNetwork(time);
        await Task.Delay(time, _time, stop);
        lock (_gate)
        {
            _logic = PowerUp();
            _hasPower = true;
        }
    }

    private ChipLogic PowerUp()
    {
        _poweredAt = _time.GetTimestamp();
        _scene.PowerFailed();
        return new ChipLogic(_identity, _store) { Position = _scene.Position, Rssi = -70 };
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Beat, _time, stop);
            lock (_gate)
            {
                if (!_hasPower) continue;
            }

            Do((logic, now) =>
            {
                logic.Advance(now);
                logic.Sense(now, _scene.Read(now.Up, logic.IsRelayClosed));
            });
        }
    }

    private async Task TalkAsync(CancellationToken stop)
    {
        // Not all at once when the simulator begins.
        await Task.Delay(_backOff.Next() / 4, _time, stop);
        while (!stop.IsCancellationRequested)
        {
            var away = _radioBack - _time.GetUtcNow();
            if (away > TimeSpan.Zero) await Task.Delay(away, _time, stop);
            try
            {
                await _connection.RunAsync(Connected, RaiseAerial(), stop);
            }
            catch (Exception lost) when (lost is OperationCanceledException or MqttCommunicationException or SocketException or IOException or InvalidOperationException or TimeoutException)
            {
                // Expected: no server yet, killed server, lost network. The next attempt follows.
            }

            IsOnline = false;
            if (!stop.IsCancellationRequested) await Task.Delay(_backOff.Next(), _time, stop);
        }
    }

    private CancellationToken RaiseAerial()
    {
        lock (_gate)
        {
            _radio.Dispose();
            _radio = new CancellationTokenSource();
            return _radio.Token;
        }
    }

    private void Connected()
    {
        IsOnline = true;
        _backOff.Reset();
    }

    public void Dispose() => _radio.Dispose();
}
