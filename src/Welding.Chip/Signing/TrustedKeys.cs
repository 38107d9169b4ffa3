using System.Security.Cryptography;

namespace Anlan.Welding.Chip.Signing;

/// <summary>The public keys of the server that a chip believes, at most four, found by their key id.</summary>
public sealed class TrustedKeys
{
    /// <summary>Most keys that a chip keeps: two for a rotation with overlap, two in reserve.</summary>
    public const int Most = 4;

    /// <summary>Length of a key id in bytes.</summary>
    public const int KidLength = 8;

    private readonly TrustedKey[] _keys;

    private TrustedKeys(TrustedKey[] keys) => _keys = keys;

    /// <summary>No key: every signature is refused.</summary>
    public static TrustedKeys None { get; } = new([]);

    /// <summary>The keys.</summary>
    public IReadOnlyList<TrustedKey> Keys => _keys;

    /// <summary>Reads keys from DER SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">Too many keys, or one is not on the curve P-256.</exception>
    public static TrustedKeys Of(params IReadOnlyList<byte[]> publicKeys) =>
        publicKeys.Count <= Most ? new([.. publicKeys.Select(TrustedKey.Read)]) : throw new CryptographicException($"{publicKeys.Count} keys, at most {Most} are kept.");

    /// <summary>The key id of a public key: the first eight bytes of SHA-256 over its DER SubjectPublicKeyInfo.</summary>
    public static byte[] KidOf(ReadOnlySpan<byte> publicKey) => SHA256.HashData(publicKey)[..KidLength];

    /// <summary>The key with this id, or null.</summary>
    public TrustedKey? Find(ReadOnlySpan<byte> kid)
    {
        foreach (var key in _keys)
        {
            if (kid.SequenceEqual(key.Kid)) return key;
        }

        return null;
    }
}

/// <summary>One public key of the server.</summary>
public sealed class TrustedKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private TrustedKey(byte[] publicKey, ECDsa verifier)
    {
        PublicKey = publicKey;
        Kid = TrustedKeys.KidOf(publicKey);
        Verifier = verifier;
    }

    /// <summary>Key id.</summary>
    public byte[] Kid { get; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    /// <summary>Verifies signatures.</summary>
    internal ECDsa Verifier { get; }

    internal static TrustedKey Read(byte[] publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read != publicKey.Length || key.ExportParameters(false).Curve.Oid.Value != P256) throw new CryptographicException("Not a P-256 public key.");
            return new TrustedKey([.. publicKey], key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
