using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Reads a packet's body as strictly as the standard writes it; whatever is short, too long or no UTF-8 is malformed.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length) throw new MqttFault(Reason.Malformed);
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    public byte Byte() => Take(1)[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint Int() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint Variable()
    {
        uint value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if ((next & 0x80) == 0) return value;
        }

        throw new MqttFault(Reason.Malformed);
    }

    public ReadOnlySpan<byte> Binary() => Take(Short());

    public string Text()
    {
        try
        {
            var text = Strict.GetString(Binary());
            // U+0000 must not be there; other control characters should not, and have no business in names.
            return text.AsSpan().ContainsAny(Controls) ? throw new MqttFault(Reason.Malformed) : text;
        }
        catch (DecoderFallbackException)
        {
            throw new MqttFault(Reason.Malformed);
        }
    }

    /// <summary>The number of a packet that is to be answered; never 0.</summary>
    public ushort Id() => Short() is not 0 and var id ? id : throw new MqttFault(Reason.Malformed);
}
