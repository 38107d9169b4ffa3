using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Security;

/// <summary>
/// Encrypts personal fields (AES-256-GCM) and makes their blind index (HMAC-SHA-256) with keys that lie in files outside the database.
/// A database without the key folder gives nobody's number away.
/// </summary>
public sealed class PersonalFields
{
    private const byte FormatVersion = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] _fieldKey;
    private readonly byte[] _indexKey;

    /// <summary>Reads the keys of an installation, making them at the first start.</summary>
    public PersonalFields(DataFolder data)
    {
        _fieldKey = ReadOrMake(Path.Combine(data.Keys, "field.key"));
        _indexKey = ReadOrMake(Path.Combine(data.Keys, "index.key"));
    }

    /// <summary>Encrypts: version, nonce, tag, ciphertext. The same text never gives the same bytes.</summary>
    /// <param name="text">The field.</param>
    /// <param name="owner">Bound into the ciphertext: bytes moved to another row or column no longer decrypt.</param>
    public byte[] Encrypt(string text, string owner)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var result = new byte[1 + NonceLength + TagLength + plain.Length];
        result[0] = FormatVersion;
        var nonce = result.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_fieldKey, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(1 + NonceLength + TagLength), result.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(owner));
        return result;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made for the same owner.</summary>
    /// <exception cref="CryptographicException">Wrong key, wrong owner or damaged bytes.</exception>
    public string Decrypt(byte[] bytes, string owner)
    {
        if (bytes.Length < 1 + NonceLength + TagLength || bytes[0] != FormatVersion) throw new CryptographicException("Not an encrypted field of a known version.");
        var plain = new byte[bytes.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(_fieldKey, TagLength);
        aes.Decrypt(bytes.AsSpan(1, NonceLength), bytes.AsSpan(1 + NonceLength + TagLength), bytes.AsSpan(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(owner));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Keyed hash for exact look-up, hexadecimal. <paramref name="purpose"/> keeps the indexes of different fields apart.</summary>
    public string BlindIndex(string text, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_indexKey, Encoding.UTF8.GetBytes(purpose + "\n" + text.Trim().ToUpperInvariant())));

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path)) DataFolder.WriteSecret(path, RandomNumberGenerator.GetBytes(32));
        var key = File.ReadAllBytes(path);
        return key.Length == 32 ? key : throw new InvalidDataException($"{path} must hold 32 bytes.");
    }
}
