using System.Buffers;
using System.Text;

namespace Anlan.Cameras.Worker.Models;

/// <summary>Writes a message of protocol buffers: what ONNX files are made of.</summary>
internal sealed class ProtoMessage
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtoMessage Whole(int field, long value)
    {
        Write((ulong)field << 3);
        Write((ulong)value);
        return this;
    }

    public ProtoMessage Number(int field, float value)
    {
        Write(((ulong)field << 3) | 5);
        _bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Write(((ulong)field << 3) | 2);
        Write((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToBytes());

    /// <summary>The fields of another message as one's own.</summary>
    public ProtoMessage Raw(ProtoMessage fields)
    {
        _bytes.Write(fields.ToBytes());
        return this;
    }

    public byte[] ToBytes() => _bytes.WrittenSpan.ToArray();

    private void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
