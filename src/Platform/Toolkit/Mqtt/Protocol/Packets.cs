namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>CONNECT, section 3.1 of both standards.</summary>
internal sealed class ConnectPacket
{
    /// <summary>3 (3.1), 4 (3.1.1) or 5.</summary>
    public required byte Version { get; init; }

    /// <summary>Another broker: it hears nothing of what it said itself. Mosquitto's way before MQTT 5 had it.</summary>
    public bool IsBridge { get; init; }

    public bool IsClean { get; init; }

    /// <summary>Seconds; 0 = none.</summary>
    public ushort KeepAlive { get; init; }

    public required PropertyList Properties { get; init; }

    public required string ClientId { get; set; }

    public string? UserName { get; init; }

    public byte[]? Password { get; init; }

    public Message? Will { get; init; }

    /// <summary>Seconds.</summary>
    public uint WillDelay { get; init; }

    /// <exception cref="MqttFault">No readable CONNECT, or of a version that is not spoken here.</exception>
    public static ConnectPacket Read(PacketReader reader)
    {
        var name = reader.Text();
        var level = reader.Byte();
        if (name is not ("MQTT" or "MQIsdp")) throw new MqttFault(Reason.Malformed);
        var version = (byte)(level & 0x7F);
        var isBridge = level is 0x83 or 0x84;
        if ((level != version && !isBridge) || version != (name == "MQIsdp" ? 3 : version == 5 ? 5 : 4)) throw new MqttFault(Reason.UnsupportedVersion);
        var flags = reader.Byte();
        var (hasWill, quality) = ((flags & 4) != 0, (byte)(flags >> 3 & 3));
        if (((flags & 1) != 0 && version > 3) || quality == 3 || (!hasWill && (flags & 0x38) != 0)) throw new MqttFault(Reason.Malformed);
        if (version < 5 && (flags & 0xC0) == 0x40) throw new MqttFault(Reason.Malformed);
        var keepAlive = reader.Short();
        var properties = version == 5 ? PropertyList.Read(ref reader, PropertyList.OfConnect) : PropertyList.None;
        var clientId = reader.Text();
        Message? will = null;
        var willProperties = PropertyList.None;
        if (hasWill)
        {
            if (version == 5) willProperties = PropertyList.Read(ref reader, PropertyList.OfWill);
            var topic = reader.Text();
            if (!TopicFilter.IsName(topic)) throw new MqttFault(Reason.Malformed);
            will = new Message { Topic = topic, Payload = reader.Binary().ToArray(), Quality = quality, IsRetained = (flags & 0x20) != 0, Properties = willProperties.Forwarded, Lifetime = willProperties.MessageExpiry };
        }

        var packet = new ConnectPacket
        {
            Version = version,
            IsBridge = isBridge,
            IsClean = (flags & 2) != 0,
            KeepAlive = keepAlive,
            Properties = properties,
            ClientId = clientId,
            Will = will,
            WillDelay = willProperties.WillDelay ?? 0,
            UserName = (flags & 0x80) != 0 ? reader.Text() : null,
            Password = (flags & 0x40) != 0 ? reader.Binary().ToArray() : null,
        };
        return reader.IsAtEnd ? packet : throw new MqttFault(Reason.Malformed);
    }
}

/// <summary>PUBLISH from a client, section 3.3 of both standards.</summary>
internal readonly record struct PublishPacket(string Topic, ushort Id, byte Quality, bool IsRetained, PropertyList Properties, byte[] Payload)
{
    public static PublishPacket Read(byte first, PacketReader reader, bool is5)
    {
        var quality = (byte)(first >> 1 & 3);
        if (quality == 3 || (quality == 0 && (first & 8) != 0)) throw new MqttFault(Reason.Malformed, first);
        var topic = reader.Text();
        if (TopicFilter.IsTooDeep(topic)) throw new MqttFault(Reason.ProtocolError);
        if (!TopicFilter.IsName(topic) && !(is5 && topic.Length == 0)) throw new MqttFault(Reason.Malformed);
        var id = quality > 0 ? reader.Id() : (ushort)0;
        var properties = is5 ? PropertyList.Read(ref reader, PropertyList.OfPublish) : PropertyList.None;
        return new PublishPacket(topic, id, quality, (first & 1) != 0, properties, reader.Rest().ToArray());
    }

    /// <summary>When a message is no longer worth delivering.</summary>
    public static long? EndOf(uint? seconds, long now) => now + seconds * 1000L;
}

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP.</summary>
internal readonly record struct AcknowledgementPacket(ushort Id, Reason Reason)
{
    public static AcknowledgementPacket Read(PacketReader reader, bool is5)
    {
        var id = reader.Id();
        var reason = is5 && !reader.IsAtEnd ? (Reason)reader.Byte() : Reason.Success;
        if (is5 && !reader.IsAtEnd) _ = PropertyList.Read(ref reader, PropertyList.OfAcknowledgement);
        return reader.IsAtEnd ? new AcknowledgementPacket(id, reason) : throw new MqttFault(Reason.Malformed);
    }
}

/// <summary>One line of a SUBSCRIBE.</summary>
internal readonly record struct Wish(string Filter, byte Quality, bool IsNoLocal, bool IsRetainAsPublished, byte RetainHandling);

/// <summary>SUBSCRIBE, section 3.8 of both standards.</summary>
internal readonly record struct SubscribePacket(ushort Id, uint Identifier, List<Wish> Wishes)
{
    public static SubscribePacket Read(PacketReader reader, bool is5)
    {
        var id = reader.Id();
        var properties = is5 ? PropertyList.Read(ref reader, PropertyList.OfSubscribe) : PropertyList.None;
        var wishes = new List<Wish>(1);
        while (!reader.IsAtEnd)
        {
            var filter = reader.Text();
            var options = reader.Byte();
            var isShared = filter.StartsWith("$share/", StringComparison.Ordinal);
            if (!TopicFilter.TrySplit(filter, out _, out _)) throw new MqttFault(Reason.Malformed);
            if ((options & 3) == 3 || (options & (is5 ? 0xC0 : 0xFC)) != 0 || (options & 0x30) == 0x30) throw new MqttFault(Reason.Malformed);
            if (isShared && (options & 4) != 0) throw new MqttFault(Reason.ProtocolError);
            wishes.Add(new Wish(filter, (byte)(options & 3), (options & 4) != 0, (options & 8) != 0, (byte)(options >> 4 & 3)));
        }

        return wishes.Count > 0 ? new SubscribePacket(id, properties.SubscriptionIdentifier ?? 0, wishes) : throw new MqttFault(Reason.Malformed);
    }
}

/// <summary>UNSUBSCRIBE, section 3.10 of both standards.</summary>
internal readonly record struct UnsubscribePacket(ushort Id, List<string> Filters)
{
    public static UnsubscribePacket Read(PacketReader reader, bool is5)
    {
        var id = reader.Id();
        if (is5) _ = PropertyList.Read(ref reader, PropertyList.OfUnsubscribe);
        var filters = new List<string>(1);
        while (!reader.IsAtEnd)
        {
            var filter = reader.Text();
            filters.Add(TopicFilter.TrySplit(filter, out _, out _) ? filter : throw new MqttFault(Reason.Malformed));
        }

        return filters.Count > 0 ? new UnsubscribePacket(id, filters) : throw new MqttFault(Reason.Malformed);
    }
}

/// <summary>DISCONNECT from a client, section 3.14 of both standards.</summary>
internal readonly record struct DisconnectPacket(Reason Reason, uint? SessionExpiry)
{
    public static DisconnectPacket Read(PacketReader reader, bool is5)
    {
        if (!is5 && !reader.IsAtEnd) throw new MqttFault(Reason.Malformed);
        var reason = reader.IsAtEnd ? Reason.Success : (Reason)reader.Byte();
        var properties = reader.IsAtEnd ? PropertyList.None : PropertyList.Read(ref reader, PropertyList.OfDisconnect);
        return reader.IsAtEnd ? new DisconnectPacket(reason, properties.SessionExpiry) : throw new MqttFault(Reason.Malformed);
    }
}
