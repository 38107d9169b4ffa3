using System.Diagnostics.Metrics;

namespace Anlan.Toolkit.Mqtt;

/// <summary>What the broker took and refused, as metrics and as numbers for tests and pages.</summary>
public sealed class MqttCounters : IDisposable
{
    private readonly Meter _meter = new("Anlan.Mqtt");
    private readonly Counter<long> _counter;
    private long _taken;
    private long _malformed;
    private long _oversized;
    private long _foreignTopics;
    private long _rejectedConnections;
    private long _noMqtt;
    private long _tooMany;
    private long _slowed;

    /// <summary>Creates the counters.</summary>
    public MqttCounters() => _counter = _meter.CreateCounter<long>("anlan.mqtt.messages", "{message}", "Messages and connections by result.");

    /// <summary>Uplinks acknowledged after their work.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Uplinks that their channel could not read.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>Packets refused on their fixed header.</summary>
    public long Oversized => Volatile.Read(ref _oversized);

    /// <summary>Publishes and subscriptions outside the device's own topics.</summary>
    public long ForeignTopics => Volatile.Read(ref _foreignTopics);

    /// <summary>Connections refused for their credential.</summary>
    public long RejectedConnections => Volatile.Read(ref _rejectedConnections);

    /// <summary>Connections refused because their address or device has too many, or asked for a keep-alive that nobody could notice.</summary>
    public long TooMany => Volatile.Read(ref _tooMany);

    /// <summary>Uplinks that had to wait at the door because their device sent too fast.</summary>
    public long Slowed => Volatile.Read(ref _slowed);

    /// <summary>Connections that spoke no MQTT, or not a word.</summary>
    public long NoMqtt => Volatile.Read(ref _noMqtt);

    internal void Watch(Func<int> connections) => _meter.CreateObservableGauge("anlan.mqtt.connections", connections, "{connection}", "Devices with a connection.");

    internal void CountTaken() => Count(ref _taken, "taken");

    internal void CountMalformed() => Count(ref _malformed, "malformed");

    internal void CountOversized() => Count(ref _oversized, "oversized");

    internal void CountForeignTopic() => Count(ref _foreignTopics, "foreign-topic");

    internal void CountRejectedConnection() => Count(ref _rejectedConnections, "rejected-connection");

    internal void CountNoMqtt() => Count(ref _noMqtt, "no-mqtt");

    internal void CountTooMany() => Count(ref _tooMany, "too-many");

    internal void CountSlowed() => Count(ref _slowed, "slowed");

    private void Count(ref long number, string result)
    {
        Interlocked.Increment(ref number);
        _counter.Add(1, new KeyValuePair<string, object?>("result", result));
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
