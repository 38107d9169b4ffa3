using Anlan.Kernel.Ids;
using Anlan.Kernel.Places;

namespace Anlan.Contracts.Devices;

/// <summary>A field device: a welding chip now; meters, ports and cameras later.</summary>
public readonly record struct DeviceId(Guid Value) : ITypedId<DeviceId>
{
    /// <inheritdoc />
    public static DeviceId From(Guid value) => new(value);
}

/// <summary>Asks for devices and their present state.</summary>
public interface IDevices
{
    /// <summary>The device, or null. From the owner's index.</summary>
    DeviceFacts? Find(DeviceId device);

    /// <summary>The device with this serial number, or null. From the owner's index.</summary>
    DeviceFacts? FindBySerial(string serial);

    /// <summary>All registered devices, in no order.</summary>
    IReadOnlyCollection<DeviceFacts> All { get; }

    /// <summary>What is known of the device right now: the log's last word, not a copy that lags.</summary>
    DeviceState StateOf(string serial);
}

/// <summary>A registered device.</summary>
/// <param name="Id">The device.</param>
/// <param name="Serial">Serial number, also its MQTT client id and user name.</param>
/// <param name="Kind"><c>welding-chip</c>.</param>
/// <param name="IsEnabled">False when its credential was withdrawn.</param>
public sealed record DeviceFacts(DeviceId Id, string Serial, string Kind, bool IsEnabled);

/// <summary>Live state of a device, from hot log entries in commit order.</summary>
/// <param name="IsOnline">True between an accepted hello and the end of that connection.</param>
/// <param name="LastSeen">Receipt of the last uplink, or null when never heard of.</param>
/// <param name="Boot">Boot counter of the last hello; 0 when never heard of.</param>
/// <param name="Firmware">Firmware of the last hello, or null.</param>
/// <param name="IsTampered">True from a tamper event or tampered hello until a person cleared it.</param>
/// <param name="Position">Last reported position, or null.</param>
/// <param name="PositionAt">When it was reported.</param>
/// <param name="LastCounter">Highest grant counter that the device reported.</param>
/// <param name="RelayClosed">Last reported relay: true when the machine is powered.</param>
public sealed record DeviceState(
    bool IsOnline, DateTimeOffset? LastSeen, long Boot, string? Firmware, bool IsTampered,
    GeoPoint? Position, DateTimeOffset? PositionAt, long LastCounter, bool RelayClosed)
{
    /// <summary>A device that never spoke: off-line and unknown.</summary>
    public static DeviceState Unknown { get; } = new(false, null, 0, null, false, null, null, 0, false);
}
