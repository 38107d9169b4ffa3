using Anlan.Kernel.Places;

namespace Anlan.Contracts.Devices;

/// <summary>
/// What a log body says of a device's state. Devices follows every log entry whose body implements this, live and on replay; a null
/// says nothing about that fact.
/// </summary>
public interface IDeviceReport
{
    /// <summary>Serial.</summary>
    string Serial { get; }

    /// <summary>Boot counter of the message, or null for the server's own entries.</summary>
    long? Boot { get; }

    /// <summary>True at hello, false when the connection ended.</summary>
    bool? Online { get; }

    /// <summary>Relay: true when the machine is powered.</summary>
    bool? Relay { get; }

    /// <summary>True when opened or moved by force, false when a person cleared it.</summary>
    bool? Tampered { get; }

    /// <summary>Highest grant counter that the device accepted.</summary>
    long? Counter { get; }

    /// <summary>Position.</summary>
    GeoPoint? Position { get; }

    /// <summary>Firmware.</summary>
    string? Firmware { get; }
}
