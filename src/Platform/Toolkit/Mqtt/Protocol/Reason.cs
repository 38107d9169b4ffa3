namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Reason codes of MQTT 5, section 2.4; older versions get the nearest they have.</summary>
internal enum Reason : byte
{
    Success = 0x00,
    DisconnectWithWill = 0x04,
    NoMatchingSubscribers = 0x10,
    NoSubscriptionExisted = 0x11,
    Unspecified = 0x80,
    Malformed = 0x81,
    ProtocolError = 0x82,
    UnsupportedVersion = 0x84,
    ClientIdNotValid = 0x85,
    BadUserNameOrPassword = 0x86,
    NotAuthorized = 0x87,
    ServerUnavailable = 0x88,
    ServerBusy = 0x89,
    ServerShuttingDown = 0x8B,
    BadAuthenticationMethod = 0x8C,
    KeepAliveTimeout = 0x8D,
    SessionTakenOver = 0x8E,
    PacketIdNotFound = 0x92,
    ReceiveMaximumExceeded = 0x93,
    TopicAliasInvalid = 0x94,
    QuotaExceeded = 0x97,
}

/// <summary>A packet against the standard: the connection ends.</summary>
internal sealed class MqttFault(Reason reason, byte? first = null, bool isTold = true) : Exception($"MQTT: {reason}.")
{
    /// <summary>What the client is told.</summary>
    public Reason Reason => reason;

    /// <summary>The packet's first byte, if already that was wrong.</summary>
    public byte? First => first;

    /// <summary>A client of MQTT 5 is told why. Not of what shows that it has lost count of the conversation, or is no client at all: mosquitto keeps silent there too, and its tests want that.</summary>
    public bool IsTold => isTold;
}
