using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Anlan.Toolkit.Files;

/// <summary>
/// Seals a content segment by segment (AES-256-GCM). Position and end are part of each nonce, so that segments can neither be moved nor cut off; a key seals
/// one content only, so that no nonce comes twice. The form is told in docs/protocols/evidence.md.
/// </summary>
internal sealed class ContentSeal(byte[] key) : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of content in a segment; the last one has fewer, perhaps none.</summary>
    public const int Segment = 65_536;

    /// <summary>Bytes that each segment is longer when sealed.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12;
    private readonly AesGcm _aes = new(key, TagLength);

    /// <summary>Seals a segment.</summary>
    public byte[] Seal(long index, ReadOnlySpan<byte> plain, bool isLast)
    {
        var bytes = new byte[plain.Length + TagLength];
        _aes.Encrypt(Nonce(index, isLast), plain, bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length));
        return bytes;
    }

    /// <summary>Opens a segment.</summary>
    /// <exception cref="CryptographicException">Another key, or not the segment that was sealed there.</exception>
    public byte[] Open(long index, ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (bytes.Length < TagLength) throw new CryptographicException("A sealed content ends within a segment.");
        var plain = new byte[bytes.Length - TagLength];
        _aes.Decrypt(Nonce(index, isLast), bytes[..plain.Length], bytes[plain.Length..], plain);
        return plain;
    }

    public void Dispose() => _aes.Dispose();

    private static byte[] Nonce(long index, bool isLast)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, index);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
