namespace Anlan.Contracts.Devices;

/// <summary>Hands commands to devices. The command itself was posted with the log entry that decided it; this only carries it.</summary>
public interface IDeviceCommands
{
    /// <summary>Sends a posted command now if the device is connected; otherwise it waits for the device's hello.</summary>
    /// <returns>True when it was handed to a connection.</returns>
    ValueTask<bool> SendAsync(string serial, string channel, byte[] payload);

    /// <summary>Sends every undelivered, unexpired command of a device in the order in which they were posted.</summary>
    ValueTask ResendAsync(string serial);
}
