using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Mqtt;

/// <summary>How much each connected device takes of the broker. Only genuine devices are here.</summary>
internal sealed class DeviceLoads(IOptions<BrokerOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Load> _loads = new(StringComparer.Ordinal);

    /// <summary>True when the device may have one connection more.</summary>
    public bool HasRoom(string device) => !_loads.TryGetValue(device, out var load) || Volatile.Read(ref load.Connections) < options.Value.ConnectionsPerDevice;

    /// <summary>A connection of the device has begun.</summary>
    public void Begin(string device) => Interlocked.Increment(ref Of(device).Connections);

    /// <summary>A connection of the device is over.</summary>
    public void End(string device)
    {
        if (!_loads.TryGetValue(device, out var load) || Interlocked.Decrement(ref load.Connections) > 0) return;
        // Who comes and goes in order to be fresh each time is not.
        if (load.Messages.IsFull) _loads.TryRemove(new KeyValuePair<string, Load>(device, load));
    }

    /// <summary>How long the device's next message has to wait.</summary>
    public TimeSpan WaitOf(string device) => Of(device).Messages.Take();

    private Load Of(string device) => _loads.GetOrAdd(device, static (_, loads) => new Load(new Budget(loads.Options.MessageBurst, loads.Options.MessagesPerSecond, loads.Clock)), this);

    private BrokerOptions Options => options.Value;

    private TimeProvider Clock => clock;

    private sealed class Load(Budget messages)
    {
        public int Connections;

        public Budget Messages => messages;
    }
}
