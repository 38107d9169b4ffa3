using Anlan.Toolkit.Mqtt;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>Sends to a device through the process that holds its connection.</summary>
internal sealed class ClusterSender(MqttBroker broker, DeviceDoors doors, DoorwayClient others, ILocalSiloDetails self) : IDeviceSender
{
    /// <inheritdoc />
    public ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload)
    {
        if (doors.Of(device) is not { } place) return ValueTask.FromResult(false);
        if (place.Door.Equals(self.SiloAddress)) return broker.TrySendAsync(device, deviceClass, channel, payload);
        // One way: a door that hangs must not hold up a machine's turn. What is not delivered waits in the log and is sent again at the next hello.
        _ = others.Of(place.Door).DeliverAsync(device, deviceClass, channel, payload);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc />
    public Task HangUpAsync(string device)
    {
        if (doors.Of(device) is { } place && !place.Door.Equals(self.SiloAddress)) _ = others.Of(place.Door).HangUpAsync(device, null);
        return broker.HangUpAsync(device);
    }
}
