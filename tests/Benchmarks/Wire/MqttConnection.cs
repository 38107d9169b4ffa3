using System.Buffers.Binary;
using System.Text;

namespace Anlan.Benchmarks.Wire;

/// <summary>The least of MQTT 3.1.1 that a load needs: connect, subscribe, publish and acknowledge with QoS 1.</summary>
internal abstract class MqttConnection(string client, string? password) : Connection
{
    private ushort _packet;

    /// <summary>True once the broker accepted the connection.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>True once the broker granted the subscription.</summary>
    public bool IsSubscribed { get; private set; }

    /// <summary>Subscribes with QoS 1.</summary>
    public void Subscribe(string topic)
    {
        var frame = Frame(0x82, 2 + 2 + Encoding.UTF8.GetByteCount(topic) + 1);
        BinaryPrimitives.WriteUInt16BigEndian(frame, NextPacket());
        Text(frame[2..], topic)[0] = 1;
    }

    /// <summary>Publishes with QoS 1; answers the packet's number.</summary>
    public ushort Publish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var frame = Frame(0x32, 2 + topic.Length + 2 + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)topic.Length);
        topic.CopyTo(frame[2..]);
        var packet = NextPacket();
        BinaryPrimitives.WriteUInt16BigEndian(frame[(2 + topic.Length)..], packet);
        payload.CopyTo(frame[(4 + topic.Length)..]);
        return packet;
    }

    /// <summary>Keeps the connection alive.</summary>
    public void Ping() => Frame(0xC0, 0);

    /// <summary>Called when the broker granted the subscription.</summary>
    protected virtual void Subscribed()
    {
    }

    /// <summary>Called when the broker acknowledged a publish.</summary>
    protected virtual void Acknowledged(ushort packet)
    {
    }

    /// <summary>Called for each message; acknowledged already, the acknowledgement leaves with the answer.</summary>
    protected abstract void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload);

    /// <inheritdoc />
    protected override void Opened()
    {
        var frame = Frame(0x10, 10 + 2 + Encoding.UTF8.GetByteCount(client) + (password is null ? 0 : 4 + Encoding.UTF8.GetByteCount(client) + Encoding.UTF8.GetByteCount(password)));
        var rest = Text(frame, "MQTT");
        rest[0] = 4;
        rest[1] = (byte)(password is null ? 0x02 : 0xC2);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], 60);
        rest = Text(rest[4..], client);
        if (password is not null) _ = Text(Text(rest, client), password);
    }

    /// <inheritdoc />
    protected override int Take(ReadOnlySpan<byte> input)
    {
        int length = 0, header = 1;
        for (var shift = 0; ; shift += 7)
        {
            if (input.Length <= header) return 0;
            length |= (input[header] & 127) << shift;
            if ((input[header++] & 128) == 0) break;
        }

        if (input.Length < header + length) return 0;
        Packet(input[0], input.Slice(header, length));
        return header + length;
    }

    private void Packet(byte first, ReadOnlySpan<byte> body)
    {
        switch (first & 0xF0)
        {
            case 0x20:
                IsAccepted = body[1] == 0;
                if (!IsAccepted) throw new InvalidOperationException($"{client}: refused by the broker with code {body[1]}.");
                break;
            case 0x90:
                IsSubscribed = body[2] < 0x80;
                if (IsSubscribed) Subscribed();
                break;
            case 0x40:
                Acknowledged(BinaryPrimitives.ReadUInt16BigEndian(body));
                break;
            case 0x30:
                var topic = BinaryPrimitives.ReadUInt16BigEndian(body);
                var payload = 2 + topic;
                if ((first & 0x06) != 0)
                {
                    body.Slice(payload, 2).CopyTo(Frame(0x40, 2));
                    payload += 2;
                }

                Arrived(body.Slice(2, topic), body[payload..]);
                break;
        }
    }

    private ushort NextPacket() => ++_packet == 0 ? ++_packet : _packet;

    private Span<byte> Frame(byte first, int length)
    {
        var header = length < 128 ? 2 : length < 16_384 ? 3 : 4;
        var frame = Write(header + length);
        frame[0] = first;
        var rest = length;
        for (var i = 1; i < header; i++, rest >>= 7) frame[i] = (byte)((rest & 127) | (i < header - 1 ? 128 : 0));
        return frame[header..];
    }

    private static Span<byte> Text(Span<byte> target, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, target[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)length);
        return target[(2 + length)..];
    }
}
