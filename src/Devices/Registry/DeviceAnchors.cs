using Anlan.Contracts.Devices;
using Anlan.Kernel.Scopes;

namespace Anlan.Devices.Registry;

/// <summary>Where a device's record hangs: on what it is fitted to, or else on the organ that registered it.</summary>
internal sealed class DeviceAnchors(DeviceIndex index, IEnumerable<IDeviceSites> sites)
{
    public Anchor Of(KnownDevice device) => sites.Select(site => site.AnchorOf(device.Facts.Serial)).FirstOrDefault(anchor => anchor is not null) ?? new Anchor(null, null, device.RegisteredBy?.Value);

    /// <summary>The anchor of a serial; of nobody when no such device is registered.</summary>
    public Anchor Of(string serial) => index.Known(serial) is { } device ? Of(device) : default;
}
