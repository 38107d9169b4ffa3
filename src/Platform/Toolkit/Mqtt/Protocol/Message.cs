namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>A message on its way through the broker.</summary>
internal sealed record Message
{
    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>0, 1 or 2.</summary>
    public byte Quality { get; init; }

    /// <summary>The broker is to keep it for later subscribers.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Properties of MQTT 5 for its readers, as they came.</summary>
    public byte[] Properties { get; init; } = [];

    /// <summary>When it is no longer worth delivering, in the engine's milliseconds; null = never.</summary>
    public long? Ends { get; init; }

    /// <summary>A will's seconds of worth, counted from when it is spoken; null = for ever.</summary>
    public uint? Lifetime { get; init; }
}

/// <summary>A message on its way to one session.</summary>
internal sealed class Delivery(Message message, byte quality, bool isRetained, IReadOnlyList<uint> identifiers)
{
    public Message Message => message;

    /// <summary>What the subscription was granted, at most the message's own.</summary>
    public byte Quality => quality;

    public bool IsRetained => isRetained;

    /// <summary>Identifiers of the subscriptions it belongs to.</summary>
    public IReadOnlyList<uint> Identifiers => identifiers;

    /// <summary>Packet number from the moment it is handed to the session; 0 with quality 0.</summary>
    public ushort Id { get; set; }

    /// <summary>Quality 2: the client has it (PUBREC), now PUBREL is on its way.</summary>
    public bool IsReleased { get; set; }
}
