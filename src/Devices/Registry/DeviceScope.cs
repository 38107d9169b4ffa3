using Anlan.Toolkit.Access;

namespace Anlan.Devices.Registry;

/// <summary>Which devices the actor may see and change.</summary>
internal sealed class DeviceScope(DeviceAnchors anchors, CurrentScope scope)
{
    /// <summary>True when the device lies in the scope. A serial that is not registered lies in nobody's but that of whoever runs the installation.</summary>
    public bool Covers(string serial) => scope.Now is var now && (now.IsEverything || anchors.Of(serial).IsWithin(now));

    /// <summary>True when the device lies in the scope.</summary>
    public bool Covers(KnownDevice device) => scope.Now is var now && (now.IsEverything || anchors.Of(device).IsWithin(now));
}
