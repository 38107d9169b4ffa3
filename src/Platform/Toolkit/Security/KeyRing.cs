using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Security;

/// <summary>
/// The keys of personal fields, one file each in the key folder. The newest seals; older ones open what they sealed until nothing of it is left.
/// Each sealed field and each blind index names its key, so that nobody has to guess.
/// </summary>
public sealed class KeyRing(DataFolder data, TimeProvider clock)
{
    private const string Prefix = "personal-";
    private const string Suffix = ".key";
    private const string Stamp = "yyyyMMdd-HHmmss-fff";
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<PersonalKey>? _keys;

    /// <summary>All keys, the newest first. One is made at the first start.</summary>
    public IReadOnlyList<PersonalKey> All
    {
        get
        {
            if (_keys is { } known) return known;
            lock (_gate)
            {
                return _keys ??= Read() is { Count: > 0 } found ? found : [Write()];
            }
        }
    }

    /// <summary>The key that seals.</summary>
    public PersonalKey Newest => All[0];

    /// <summary>The key with an id.</summary>
    /// <exception cref="CryptographicException">It is not in the key folder.</exception>
    public PersonalKey Get(string id)
    {
        foreach (var key in All)
        {
            if (key.Id == id) return key;
        }

        throw new CryptographicException($"Personal data is sealed with the key {id}, which is not in {data.Keys}: restore it from the backup of the keys.");
    }

    /// <summary>Makes a new key; from now on it seals. It lies on the disk before anything is sealed with it.</summary>
    public PersonalKey Make()
    {
        lock (_gate)
        {
            var known = All;
            var made = Write();
            _keys = [made, .. known];
            return made;
        }
    }

    /// <summary>Destroys an older key: whoever calls has counted that nothing is sealed with it any more.</summary>
    /// <exception cref="InvalidOperationException">It is the one that seals.</exception>
    public void Destroy(PersonalKey key)
    {
        lock (_gate)
        {
            if (key.Id == Newest.Id) throw new InvalidOperationException("The key that seals cannot be destroyed.");
            File.Delete(Path.Combine(data.Keys, key.File));
            _keys = [.. All.Where(other => other.Id != key.Id)];
        }
    }

    private List<PersonalKey> Read() =>
        [.. Directory.GetFiles(data.Keys, Prefix + "*" + Suffix).OrderDescending(StringComparer.Ordinal).Select(path =>
        {
            var name = Path.GetFileName(path);
            var secret = File.ReadAllBytes(path);
            if (secret.Length != PersonalKey.Length) throw new InvalidDataException($"{path} must hold {PersonalKey.Length} bytes.");
            return new PersonalKey(name, MadeAt(name) ?? throw new InvalidDataException($"{path}: the name must be {Prefix}{Stamp}{Suffix}."), secret);
        })];

    private PersonalKey Write()
    {
        // A clock that was set back must not make the new key look older than the last one.
        var (now, last) = (clock.GetUtcNow(), _keys is { Count: > 0 } known ? known[0].MadeAt : DateTimeOffset.MinValue);
        var at = now > last ? now : last.AddMilliseconds(1);
        var (name, secret) = (Prefix + at.ToString(Stamp, CultureInfo.InvariantCulture) + Suffix, RandomNumberGenerator.GetBytes(PersonalKey.Length));
        DataFolder.WriteSecret(Path.Combine(data.Keys, name), secret);
        return new PersonalKey(name, MadeAt(name)!.Value, secret);
    }

    private static DateTimeOffset? MadeAt(string name) =>
        DateTimeOffset.TryParseExact(name[Prefix.Length..^Suffix.Length], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

/// <summary>One key of the ring; what seals and what hashes are derived from it apart.</summary>
public sealed class PersonalKey
{
    /// <summary>Bytes of a key file.</summary>
    internal const int Length = 32;

    /// <summary>Bytes of an id.</summary>
    internal const int IdLength = 4;

    internal PersonalKey(string file, DateTimeOffset madeAt, byte[] secret)
    {
        (File, MadeAt) = (file, madeAt);
        Mark = Derive(secret, "anlan personal key id", IdLength);
        Id = Convert.ToHexStringLower(Mark);
        Field = Derive(secret, "anlan personal fields", Length);
        Index = Derive(secret, "anlan blind index", Length);
    }

    /// <summary>Eight hexadecimal digits that tell nothing of the key.</summary>
    public string Id { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; }

    internal string File { get; }

    internal byte[] Mark { get; }

    internal byte[] Field { get; }

    internal byte[] Index { get; }

    private static byte[] Derive(byte[] secret, string purpose, int length) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, info: Encoding.ASCII.GetBytes(purpose));
}
