namespace Anlan.Welding.Chip;

/// <summary>The topics of protocol v1 and the names of its channels.</summary>
public static class ChipTopics
{
    /// <summary>Device class in the topic.</summary>
    public const string DeviceClass = "chip";

    /// <summary>After each connect, and whenever the clock has to be set.</summary>
    public const string Hello = "hello";

    /// <summary>The relay moved, or could not.</summary>
    public const string State = "state";

    /// <summary>Measured points.</summary>
    public const string Telemetry = "telemetry";

    /// <summary>Something that people have to know.</summary>
    public const string Event = "event";

    /// <summary>The chip's answer to a downlink: the only proof of its delivery.</summary>
    public const string Acknowledgement = "ack";

    /// <summary>Up: what a self-test measured. Down: asks for one.</summary>
    public const string Test = "test";

    /// <summary>Last will.</summary>
    public const string Offline = "offline";

    /// <summary>Signed time.</summary>
    public const string Time = "time";

    /// <summary>Signed permission to power the machine.</summary>
    public const string Grant = "grant";

    /// <summary>Cuts the power.</summary>
    public const string Revoke = "revoke";

    /// <summary>Signed settings and keys.</summary>
    public const string Config = "config";

    /// <summary>Largest packet that a chip sends or takes, in bytes of the MQTT remaining length.</summary>
    public const int PacketLimit = 16 * 1024;

    /// <summary>Topic of an uplink channel of a chip.</summary>
    public static string Up(string serial, string channel) => $"anlan/v1/{DeviceClass}/{serial}/up/{channel}";

    /// <summary>Topic of a downlink channel of a chip.</summary>
    public static string Down(string serial, string channel) => $"anlan/v1/{DeviceClass}/{serial}/down/{channel}";

    /// <summary>The one subscription of a chip.</summary>
    public static string Subscription(string serial) => Down(serial, "#");

    /// <summary>The channel of a topic: its last level.</summary>
    public static string ChannelOf(string topic) => topic[(topic.LastIndexOf('/') + 1)..];

    /// <summary>True when a serial number can be part of a topic and of a label: 4 to 40 letters, digits, dots, dashes or underscores (CHIP-TOPIC-02).</summary>
    public static bool IsSerial(string? serial) => serial is { Length: >= 4 and <= 40 } && serial.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
