using System.Buffers;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Anlan.Kernel.Log;

/// <summary>
/// One entry of the hot log, the only record of decisions, grants and device events. Format: docs/protocols/log-entry.md.
/// The encoded bytes never change; <see cref="LeafHash"/> is the RFC 6962 leaf hash over them.
/// </summary>
/// <param name="Seq">Position, from 1, without holes; not part of the bytes.</param>
/// <param name="At">When the server decided or received it, UTC, millisecond precision.</param>
/// <param name="Kind">Dotted kind, for example <c>welding.decision</c>.</param>
/// <param name="Subject">What it is about, for example <c>machine/…</c>.</param>
/// <param name="Body">UTF-8 JSON of the kind's body record; personal fields appear as commitments only.</param>
public sealed record LogEntry(long Seq, DateTimeOffset At, string Kind, string Subject, ReadOnlyMemory<byte> Body)
{
    /// <summary>Version of the encoding, its first element.</summary>
    public const int FormatVersion = 1;

    /// <summary>Canonical CBOR: [1, unix milliseconds, kind, subject, body].</summary>
    public static byte[] Encode(DateTimeOffset at, string kind, string subject, ReadOnlySpan<byte> body)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: 64 + kind.Length + subject.Length + body.Length);
        writer.WriteStartArray(5);
        writer.WriteInt32(FormatVersion);
        writer.WriteInt64(at.ToUnixTimeMilliseconds());
        writer.WriteTextString(kind);
        writer.WriteTextString(subject);
        writer.WriteByteString(body);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads an encoded entry.</summary>
    /// <exception cref="FormatException">The bytes are not an entry of a known version.</exception>
    public static LogEntry Decode(long seq, ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var reader = new CborReader(encoded, CborConformanceMode.Canonical);
            if (reader.ReadStartArray() != 5 || reader.ReadInt32() != FormatVersion) throw new FormatException($"Log entry {seq}: unknown format.");
            var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            var kind = reader.ReadTextString();
            var subject = reader.ReadTextString();
            var body = reader.ReadByteString();
            reader.ReadEndArray();
            return new LogEntry(seq, at, kind, subject, body);
        }
        catch (Exception broken) when (broken is CborContentException or InvalidOperationException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"Log entry {seq}: not canonical CBOR.", broken);
        }
    }

    /// <summary>RFC 6962 leaf hash: SHA-256 over 0x00 and the encoded entry.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> encoded)
    {
        var prefixed = ArrayPool<byte>.Shared.Rent(1 + encoded.Length);
        prefixed[0] = 0x00;
        encoded.CopyTo(prefixed.AsSpan(1));
        var hash = SHA256.HashData(prefixed.AsSpan(0, 1 + encoded.Length));
        ArrayPool<byte>.Shared.Return(prefixed);
        return hash;
    }
}
