using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Writes what a broker says.</summary>
internal static class PacketWriter
{
    public const byte PublishAcknowledged = 0x40;
    public const byte PublishReceived = 0x50;
    public const byte PublishReleased = 0x62;
    public const byte PublishCompleted = 0x70;
    public const byte SubscribeAcknowledged = 0x90;
    public const byte UnsubscribeAcknowledged = 0xB0;

    /// <summary>CONNACK; with MQTT 5 it tells the bounds that hold here.</summary>
    public static byte[] Greeting(bool is5, bool isSessionPresent, Reason reason, EngineSettings settings, string? assignedClientId = null, uint? sessionExpiry = null)
    {
        var present = (byte)(isSessionPresent ? 1 : 0);
        if (!is5) return [0x20, 2, present, Older(reason)];
        var properties = new List<byte>(16);
        if (reason == Reason.Success)
        {
            properties.AddRange([0x22, (byte)(settings.TopicAliases >> 8), (byte)settings.TopicAliases]);
            if (sessionExpiry is { } seconds) properties.AddRange([0x11, (byte)(seconds >> 24), (byte)(seconds >> 16), (byte)(seconds >> 8), (byte)seconds]);
            if (assignedClientId is not null)
            {
                properties.AddRange([0x12, 0, (byte)assignedClientId.Length]);
                properties.AddRange(Encoding.ASCII.GetBytes(assignedClientId));
            }

            properties.AddRange([0x21, (byte)(settings.ReceiveMaximum >> 8), (byte)settings.ReceiveMaximum]);
        }

        return [0x20, (byte)(3 + properties.Count), present, (byte)reason, (byte)properties.Count, .. properties];
    }

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public static void Acknowledgement(IBufferWriter<byte> output, byte first, ushort id, Reason reason, bool is5)
    {
        var length = is5 && reason != Reason.Success ? 3 : 2;
        var span = output.GetSpan(2 + length);
        (span[0], span[1]) = (first, (byte)length);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], id);
        if (length == 3) span[4] = (byte)reason;
        output.Advance(2 + length);
    }

    /// <summary>SUBACK or UNSUBACK, a code for each filter.</summary>
    public static void Answers(IBufferWriter<byte> output, byte first, ushort id, List<Reason> reasons, bool is5)
    {
        // Before MQTT 5 an UNSUBACK told nothing, and a refused subscription had one code only.
        var count = is5 || first == SubscribeAcknowledged ? reasons.Count : 0;
        var span = Begin(output, first, 2 + (is5 ? 1 : 0) + count, out var written);
        BinaryPrimitives.WriteUInt16BigEndian(span, id);
        var at = 2;
        if (is5) span[at++] = 0;
        for (var i = 0; i < count; i++) span[at++] = is5 || reasons[i] < Reason.Unspecified ? (byte)reasons[i] : (byte)Reason.Unspecified;
        output.Advance(written + at);
    }

    /// <summary>PINGRESP.</summary>
    public static void Pong(IBufferWriter<byte> output) => output.Write((ReadOnlySpan<byte>)[0xD0, 0]);

    /// <summary>DISCONNECT, for MQTT 5 only.</summary>
    public static void Farewell(IBufferWriter<byte> output, Reason reason) => output.Write((ReadOnlySpan<byte>)[0xE0, 1, (byte)reason]);

    /// <summary>Bytes of a PUBLISH as a whole.</summary>
    public static int SizeOf(Delivery delivery, bool is5, long now)
    {
        var body = BodyOf(delivery, is5, now, out _);
        return 1 + VariableSize(body) + body;
    }

    /// <summary>PUBLISH.</summary>
    public static void Publish(IBufferWriter<byte> output, Delivery delivery, bool isAgain, bool is5, long now)
    {
        var message = delivery.Message;
        var first = (byte)(0x30 | (isAgain ? 8 : 0) | delivery.Quality << 1 | (delivery.IsRetained ? 1 : 0));
        var span = Begin(output, first, BodyOf(delivery, is5, now, out var properties), out var written);
        var at = Encoding.UTF8.GetBytes(message.Topic, span[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)at);
        at += 2;
        if (delivery.Quality > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], delivery.Id);
            at += 2;
        }

        if (is5)
        {
            at += Variable(span[at..], properties);
            foreach (var identifier in delivery.Identifiers)
            {
                span[at++] = 0x0B;
                at += Variable(span[at..], (int)identifier);
            }

            message.Properties.CopyTo(span[at..]);
            at += message.Properties.Length;
            if (message.Ends is { } ends)
            {
                span[at++] = 0x02;
                BinaryPrimitives.WriteUInt32BigEndian(span[at..], SecondsUntil(ends, now));
                at += 4;
            }
        }

        message.Payload.CopyTo(span[at..]);
        output.Advance(written + at + message.Payload.Length);
    }

    private static int BodyOf(Delivery delivery, bool is5, long now, out int properties)
    {
        properties = 0;
        var message = delivery.Message;
        var body = 2 + Encoding.UTF8.GetByteCount(message.Topic) + (delivery.Quality > 0 ? 2 : 0) + message.Payload.Length;
        if (!is5) return body;
        properties = message.Properties.Length + (message.Ends is null ? 0 : 5);
        foreach (var identifier in delivery.Identifiers) properties += 1 + VariableSize((int)identifier);
        return body + VariableSize(properties) + properties;
    }

    private static uint SecondsUntil(long ends, long now) => (uint)Math.Clamp((ends - now + 999) / 1000, 0, uint.MaxValue);

    private static Span<byte> Begin(IBufferWriter<byte> output, byte first, int length, out int written)
    {
        var span = output.GetSpan(5 + length);
        span[0] = first;
        written = 1 + Variable(span[1..], length);
        return span[written..];
    }

    private static int Variable(Span<byte> span, int value)
    {
        var at = 0;
        do
        {
            span[at++] = (byte)(value & 0x7F | (value > 0x7F ? 0x80 : 0));
            value >>= 7;
        }
        while (value > 0);
        return at;
    }

    private static int VariableSize(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;

    private static byte Older(Reason reason) => reason switch
    {
        Reason.Success => 0,
        Reason.UnsupportedVersion => 1,
        Reason.ClientIdNotValid => 2,
        Reason.ServerUnavailable or Reason.ServerBusy or Reason.ServerShuttingDown => 3,
        Reason.BadUserNameOrPassword => 4,
        _ => 5,
    };
}
