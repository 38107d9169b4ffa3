using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Security;

/// <summary>
/// Seals personal fields (AES-256-GCM) and makes their blind index (HMAC-SHA-256) with keys that lie in files outside the database.
/// A database without the key folder gives nobody's number away.
/// </summary>
public sealed class PersonalFields(KeyRing ring, DataFolder data)
{
    private const byte FormatVersion = 2;
    private const int KeyStart = 1;
    private const int NonceStart = KeyStart + PersonalKey.IdLength;
    private const int NonceLength = 12;
    private const int TagStart = NonceStart + NonceLength;
    private const int TagLength = 16;
    private const int TextStart = TagStart + TagLength;
    private readonly Lazy<byte[]> _credentialKey = new(() => ReadOrMake(Path.Combine(data.Keys, "credential.key")));

    /// <summary>Longest blind index in characters.</summary>
    public const int IndexLength = (PersonalKey.IdLength * 2) + 1 + 64;

    /// <summary>Seals with the newest key: version, key id, nonce, tag, ciphertext. The same text never gives the same bytes.</summary>
    /// <param name="text">The field.</param>
    /// <param name="owner">Bound into the ciphertext: bytes moved to another row or column no longer open.</param>
    public byte[] Encrypt(string text, string owner)
    {
        var (key, plain) = (ring.Newest, Encoding.UTF8.GetBytes(text));
        var result = new byte[TextStart + plain.Length];
        result[0] = FormatVersion;
        key.Mark.CopyTo(result.AsSpan(KeyStart));
        var nonce = result.AsSpan(NonceStart, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Field, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(TextStart), result.AsSpan(TagStart, TagLength), Encoding.UTF8.GetBytes(owner));
        return result;
    }

    /// <summary>Opens what <see cref="Encrypt"/> made for the same owner, with whichever key it names.</summary>
    /// <exception cref="CryptographicException">Missing key, wrong owner or damaged bytes.</exception>
    public string Decrypt(byte[] bytes, string owner)
    {
        if (KeyOf(bytes) is not { } id) throw new CryptographicException("Not a sealed field of a known version.");
        var plain = new byte[bytes.Length - TextStart];
        using var aes = new AesGcm(ring.Get(id).Field, TagLength);
        aes.Decrypt(bytes.AsSpan(NonceStart, NonceLength), bytes.AsSpan(TextStart), bytes.AsSpan(TagStart, TagLength), plain, Encoding.UTF8.GetBytes(owner));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Keyed hash for exact look-up, with the newest key and its id in front. <paramref name="purpose"/> keeps the indexes of different fields apart.</summary>
    public string BlindIndex(string text, string purpose) => Hash(ring.Newest, text, purpose);

    /// <summary>The same hash with every key in the ring: a look-up asks for all of them, so that it finds rows that a rotation has not reached yet.</summary>
    public IReadOnlyList<string> BlindIndexes(string text, string purpose) => [.. ring.All.Select(key => Hash(key, text, purpose))];

    /// <summary>
    /// Keyed hash of something that is compared and never opened: a PIN, a one-time code. Its key does not turn with the others, because
    /// nobody could hash it anew; a new PIN or code replaces it.
    /// </summary>
    public string Keyed(string secret, string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(_credentialKey.Value, Message(secret, purpose)));

    /// <summary>Id of the key that sealed the bytes, or null when they are no sealed field.</summary>
    public static string? KeyOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= TextStart && bytes[0] == FormatVersion ? Convert.ToHexStringLower(bytes.Slice(KeyStart, PersonalKey.IdLength)) : null;

    /// <summary>Id of the key that made a blind index.</summary>
    public static string KeyOf(string index) => index[..(PersonalKey.IdLength * 2)];

    /// <summary>The first bytes of everything that a key sealed, and the first bytes after all of them: a range that both databases can find.</summary>
    internal static (byte[] From, byte[] Before) BytesOf(PersonalKey key)
    {
        byte[] from = [FormatVersion, .. key.Mark];
        var before = (byte[])from.Clone();
        for (var i = before.Length - 1; ++before[i] == 0; i--)
        {
            // Carries into the byte in front; the version in front of all is never 255.
        }

        return (from, before);
    }

    /// <summary>The same for blind indexes: ':' stands behind the id, ';' follows it.</summary>
    internal static (string From, string Before) TextsOf(PersonalKey key) => (key.Id + ":", key.Id + ";");

    private static string Hash(PersonalKey key, string text, string purpose) => $"{key.Id}:{Convert.ToHexStringLower(HMACSHA256.HashData(key.Index, Message(text, purpose)))}";

    private static byte[] Message(string text, string purpose) => Encoding.UTF8.GetBytes(purpose + "\n" + text.Trim().ToUpperInvariant());

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path)) DataFolder.WriteSecret(path, RandomNumberGenerator.GetBytes(PersonalKey.Length));
        var key = File.ReadAllBytes(path);
        return key.Length == PersonalKey.Length ? key : throw new InvalidDataException($"{path} must hold {PersonalKey.Length} bytes.");
    }
}
