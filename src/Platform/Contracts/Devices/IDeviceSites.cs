using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.Devices;

/// <summary>Tells where a device is fitted; answered by the module whose machine, space or site carries it. Several modules may answer.</summary>
public interface IDeviceSites
{
    /// <summary>What the device's record hangs on, or null when this module has not fitted it.</summary>
    Anchor? AnchorOf(string serial);
}
