using Anlan.Contracts.Devices;
using Anlan.Devices.Registry;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;

namespace Anlan.Devices.Commands;

/// <summary>Carries posted commands to connected devices; whatever is not delivered waits in the log's table.</summary>
internal sealed class DeviceCommands(HotLog log, IDeviceSender sender, DeviceIndex devices, TimeProvider clock) : IDeviceCommands
{
    /// <summary>Device class in the topic, by kind.</summary>
    private static readonly Dictionary<string, string> ClassOfKind = new(StringComparer.Ordinal) { [DeviceKinds.WeldingChip] = "chip" };

    public ValueTask<bool> SendAsync(string serial, string channel, byte[] payload) =>
        devices.FindBySerial(serial) is { IsEnabled: true } device
            ? sender.TrySendAsync(serial, ClassOfKind[device.Kind], channel, payload)
            : ValueTask.FromResult(false);

    public async ValueTask ResendAsync(string serial)
    {
        foreach (var waiting in log.DownlinksOf(serial, clock.GetUtcNow()))
        {
            if (!await SendAsync(serial, waiting.Channel, waiting.Payload)) return;
        }
    }
}
