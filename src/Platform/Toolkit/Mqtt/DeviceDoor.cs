namespace Anlan.Toolkit.Mqtt;

/// <summary>Decides who may connect. Implemented by the module that issues device credentials.</summary>
public interface IDeviceAuthenticator
{
    /// <summary>True when a device with this serial exists, is enabled and the secret is its own. No database: it runs in a reconnect storm.</summary>
    bool IsGenuine(string serial, ReadOnlySpan<byte> secret);
}

/// <summary>Takes the uplinks of one channel of one device class.</summary>
public interface IUplinkHandler
{
    /// <summary>Device class and channel as in the topic, for example <c>chip/hello</c>.</summary>
    string Channel { get; }

    /// <summary>
    /// Takes one message. Completing means: durable, or of no consequence; the broker then acknowledges it.
    /// Must never await something that the same device has yet to send: its packets are read one after another.
    /// </summary>
    /// <exception cref="Log.LogUnavailableException">Not durable: the connection is closed without an acknowledgement.</exception>
    /// <exception cref="MalformedUplinkException">Not a message of this channel: counted, kept for inspection, acknowledged.</exception>
    ValueTask HandleAsync(Uplink uplink, CancellationToken stop);
}

/// <summary>A message from a device.</summary>
/// <param name="Device">Serial, from the verified credential.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="At">Receipt, UTC.</param>
public readonly record struct Uplink(string Device, ReadOnlyMemory<byte> Payload, DateTimeOffset At);

/// <summary>A message that its channel cannot read; the text says which field and why.</summary>
public sealed class MalformedUplinkException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Hears of connections that ended, so that presence never outlives them.</summary>
public interface IConnectionObserver
{
    /// <summary>A device's connection ended, whatever the reason; a newer connection of the same device has not begun.</summary>
    ValueTask OnDisconnectedAsync(string device, CancellationToken stop);

    /// <summary>A device that is connected to another process was so before this one began to decide: its connection goes on as it was.</summary>
    ValueTask OnFoundAsync(string device, CancellationToken stop) => ValueTask.CompletedTask;
}

/// <summary>The message was taken, and the device is to connect anew.</summary>
public sealed class HangUpException(string message) : Exception(message);

/// <summary>Sends to connected devices.</summary>
public interface IDeviceSender
{
    /// <summary>True when the message was handed to the device's connection. Delivery is another matter: only the device's acknowledgement counts.</summary>
    ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload);

    /// <summary>Ends every connection of a device, its technicians' tools included: its credential is no longer good.</summary>
    Task HangUpAsync(string device);
}
