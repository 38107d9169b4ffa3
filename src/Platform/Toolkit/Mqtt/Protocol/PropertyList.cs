namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Properties of a packet of MQTT 5, section 2.2.2, as far as a broker acts on them; those that belong to the reader of a message are kept as they came.</summary>
internal sealed class PropertyList
{
    /// <summary>Which may stand where; a bit for each identifier.</summary>
    public const ulong OfConnect = 1UL << 0x11 | 1UL << 0x15 | 1UL << 0x16 | 1UL << 0x17 | 1UL << 0x19 | 1UL << 0x21 | 1UL << 0x22 | 1UL << 0x26 | 1UL << 0x27;
    public const ulong OfMessage = 1UL << 0x01 | 1UL << 0x02 | 1UL << 0x03 | 1UL << 0x08 | 1UL << 0x09 | 1UL << 0x26;
    public const ulong OfWill = OfMessage | 1UL << 0x18;
    public const ulong OfPublish = OfMessage | 1UL << 0x23;
    public const ulong OfSubscribe = 1UL << 0x0B | 1UL << 0x26;
    public const ulong OfUnsubscribe = 1UL << 0x26;
    public const ulong OfAcknowledgement = 1UL << 0x1F | 1UL << 0x26;
    public const ulong OfDisconnect = 1UL << 0x11 | 1UL << 0x1C | 1UL << 0x1F | 1UL << 0x26;

    /// <summary>Without any.</summary>
    public static readonly PropertyList None = new();

    public uint? SessionExpiry { get; private set; }

    public uint? MessageExpiry { get; private set; }

    public uint? WillDelay { get; private set; }

    public uint? MaximumPacketSize { get; private set; }

    public ushort? ReceiveMaximum { get; private set; }

    public ushort? TopicAlias { get; private set; }

    public uint? SubscriptionIdentifier { get; private set; }

    public bool HasAuthentication { get; private set; }

    /// <summary>What subscribers get, bytes as they came: payload format, content type, response topic, correlation data, user properties.</summary>
    public byte[] Forwarded { get; private set; } = [];

    public static PropertyList Read(ref PacketReader reader, ulong allowed)
    {
        var length = reader.Variable();
        if (length == 0) return None;
        if (length > reader.Left) throw new MqttFault(Reason.Malformed);
        var bytes = reader.Take((int)length);
        var list = new PropertyList();
        var forwarded = new List<byte>();
        var inner = new PacketReader(bytes);
        ulong seen = 0;
        while (!inner.IsAtEnd)
        {
            var begin = bytes.Length - inner.Left;
            var id = inner.Variable();
            if (id >= 64 || (allowed & 1UL << (int)id) == 0) throw new MqttFault(Reason.Malformed);
            if (id != 0x26 && (seen & 1UL << (int)id) != 0) throw new MqttFault(Reason.ProtocolError);
            seen |= 1UL << (int)id;
            list.Take(id, ref inner);
            if (id is 0x01 or 0x03 or 0x08 or 0x09 or 0x26) forwarded.AddRange(bytes[begin..(bytes.Length - inner.Left)]);
        }

        if (forwarded.Count > 0) list.Forwarded = [.. forwarded];
        if ((seen & 1UL << 0x16) != 0 && (seen & 1UL << 0x15) == 0) throw new MqttFault(Reason.ProtocolError);
        return list;
    }

    private void Take(uint id, ref PacketReader inner)
    {
        switch (id)
        {
            // Whether a payload is text is a matter between sender and reader.
            case 0x01: _ = inner.Byte(); break;
            case 0x17 or 0x19:
                if (inner.Byte() > 1) throw new MqttFault(Reason.ProtocolError);
                break;
            case 0x02: MessageExpiry = inner.Int(); break;
            case 0x03 or 0x1C or 0x1F: _ = inner.Text(); break;
            case 0x08:
                if (!TopicFilter.IsName(inner.Text())) throw new MqttFault(Reason.ProtocolError);
                break;
            case 0x09 or 0x16: _ = inner.Binary(); break;
            case 0x0B: SubscriptionIdentifier = inner.Variable() is not 0 and var identifier ? identifier : throw new MqttFault(Reason.Malformed); break;
            case 0x11: SessionExpiry = inner.Int(); break;
            case 0x15:
                _ = inner.Text();
                HasAuthentication = true;
                break;
            case 0x18: WillDelay = inner.Int(); break;
            case 0x21: ReceiveMaximum = inner.Short() is not 0 and var most ? most : throw new MqttFault(Reason.ProtocolError); break;
            case 0x22: _ = inner.Short(); break;
            case 0x23: TopicAlias = inner.Short() is not 0 and var alias ? alias : throw new MqttFault(Reason.TopicAliasInvalid); break;
            case 0x26:
                _ = inner.Text();
                _ = inner.Text();
                break;
            case 0x27: MaximumPacketSize = inner.Int() is not 0 and var size ? size : throw new MqttFault(Reason.ProtocolError); break;
        }
    }
}
