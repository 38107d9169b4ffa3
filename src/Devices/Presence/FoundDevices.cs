using Anlan.Contracts.Devices;
using Anlan.Toolkit.Mqtt;

namespace Anlan.Devices.Presence;

/// <summary>A device stays connected to its process while another process takes over: it is as on-line as it was, and gets what waits for it.</summary>
internal sealed class FoundDevices(DeviceStates states, IDeviceCommands commands) : IConnectionObserver
{
    public ValueTask OnDisconnectedAsync(string device, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask OnFoundAsync(string device, CancellationToken stop)
    {
        states.Found(device);
        return commands.ResendAsync(device);
    }
}
