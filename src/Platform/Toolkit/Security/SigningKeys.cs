using System.Security.Cryptography;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Security;

/// <summary>
/// The server's ES256 keys for grants, signed time and chip settings, as PEM files in the key folder. The newest signs; chips are told of
/// the newest two, so that a rotation overlaps.
/// </summary>
public sealed class SigningKeys : IDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private IReadOnlyList<SigningKey> _keys;

    /// <summary>Reads the keys of an installation, making one at the first start.</summary>
    public SigningKeys(DataFolder data, TimeProvider clock)
    {
        _folder = data.Keys;
        _clock = clock;
        _keys = Read();
        if (_keys.Count == 0) Rotate();
    }

    /// <summary>The key that signs.</summary>
    public SigningKey Current => _keys[0];

    /// <summary>The keys that chips are to trust: the current one and its predecessor.</summary>
    public IReadOnlyList<SigningKey> Trusted => [.. _keys.Take(2)];

    /// <summary>The key with this id, or null.</summary>
    public SigningKey? Find(ReadOnlySpan<byte> kid)
    {
        foreach (var key in _keys)
        {
            if (kid.SequenceEqual(key.Kid)) return key;
        }

        return null;
    }

    /// <summary>Makes a new key that signs from now on; a chip that has not heard of it yet learns it at its next hello, signed by the old one.</summary>
    public SigningKey Rotate()
    {
        lock (_gate)
        {
            var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var name = $"grant-{_clock.GetUtcNow():yyyyMMdd-HHmmss-fff}.pem";
            DataFolder.WriteSecret(Path.Combine(_folder, name), System.Text.Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
            var key = new SigningKey(name, made);
            _keys = [key, .. _keys];
            return key;
        }
    }

    private List<SigningKey> Read() => [.. Directory.GetFiles(_folder, "grant-*.pem").Order(StringComparer.Ordinal).Reverse().Select(file =>
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new SigningKey(Path.GetFileName(file), key);
    })];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in _keys) key.Key.Dispose();
    }
}

/// <summary>One signing key.</summary>
public sealed class SigningKey
{
    internal SigningKey(string name, ECDsa key)
    {
        Name = name;
        Key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Kid = SHA256.HashData(PublicKey)[..8];
    }

    /// <summary>File name in the key folder.</summary>
    public string Name { get; }

    /// <summary>The key pair.</summary>
    public ECDsa Key { get; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    /// <summary>First eight bytes of SHA-256 over <see cref="PublicKey"/>.</summary>
    public byte[] Kid { get; }
}
