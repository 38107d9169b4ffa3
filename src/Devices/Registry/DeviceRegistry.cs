using Anlan.Contracts.Devices;
using Anlan.Devices.Presence;

namespace Anlan.Devices.Registry;

/// <summary>Answers other modules from memory.</summary>
internal sealed class DeviceRegistry(DeviceIndex index, DeviceStates states) : IDevices
{
    public DeviceFacts? Find(DeviceId device) => index.Find(device);

    public DeviceFacts? FindBySerial(string serial) => index.FindBySerial(serial);

    public IReadOnlyCollection<DeviceFacts> All => [.. index.All.Select(device => device.Facts)];

    public DeviceState StateOf(string serial) => states.Of(serial);
}
