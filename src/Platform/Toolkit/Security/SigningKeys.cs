using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Security;

/// <summary>
/// The server's ES256 keys for grants, signed time and chip settings, as PEM files in the key folder. A rotation has two steps, so that
/// no chip ever gets a signature that it cannot know: <see cref="Prepare"/> makes the next key, which chips learn from the current one;
/// <see cref="Activate"/> lets it sign.
/// </summary>
public sealed class SigningKeys : IDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private volatile State _state;

    /// <summary>Reads the keys of an installation, making one at the first start.</summary>
    /// <exception cref="InvalidDataException">The key that signed is missing: chips would refuse everything.</exception>
    public SigningKeys(DataFolder data, TimeProvider clock)
    {
        _folder = data.Keys;
        _clock = clock;
        _state = Read() ?? Begin();
    }

    /// <summary>The key that signs.</summary>
    public SigningKey Current => _state.Current;

    /// <summary>The key that will sign after the rotation under way, or null.</summary>
    public SigningKey? Next => _state.Next;

    /// <summary>The keys that chips are to trust.</summary>
    public IReadOnlyList<SigningKey> Trusted => _state is { Next: { } next } state ? [state.Current, next] : [_state.Current];

    /// <summary>Begins a rotation; the key of one already under way, if there is one.</summary>
    public SigningKey Prepare()
    {
        lock (_gate)
        {
            if (_state.Next is { } prepared) return prepared;
            var made = Make();
            _state = _state with { Next = made };
            return made;
        }
    }

    /// <summary>The prepared key signs from now on.</summary>
    /// <exception cref="InvalidOperationException">No rotation is under way.</exception>
    public SigningKey Activate()
    {
        lock (_gate)
        {
            var next = _state.Next ?? throw new InvalidOperationException("No signing key was prepared.");
            WriteCurrent(next);
            _state = new State(next, null);
            return next;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _state.Current.Key.Dispose();
        _state.Next?.Key.Dispose();
    }

    private string CurrentFile => Path.Combine(_folder, "grant-current");

    private State Begin()
    {
        var key = Make();
        WriteCurrent(key);
        return new State(key, null);
    }

    private State? Read()
    {
        var files = Directory.GetFiles(_folder, "grant-*.pem").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) return null;
        var name = File.Exists(CurrentFile) ? File.ReadAllText(CurrentFile).Trim() : Path.GetFileName(files[^1]);
        if (files.Find(file => Path.GetFileName(file) == name) is not { } current) throw new InvalidDataException($"Signing key {name} is missing in {_folder}: restore it from the backup of the keys.");
        // A newer key than the signing one was prepared and not activated yet.
        var next = string.CompareOrdinal(files[^1], current) > 0 ? files[^1] : null;
        return new State(Load(current), next is null ? null : Load(next));
    }

    private SigningKey Make()
    {
        var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"grant-{_clock.GetUtcNow():yyyyMMdd-HHmmss-fff}.pem";
        DataFolder.WriteSecret(Path.Combine(_folder, name), Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
        return new SigningKey(name, made);
    }

    private void WriteCurrent(SigningKey key) => DataFolder.WriteSecret(CurrentFile, Encoding.ASCII.GetBytes(key.Name));

    private static SigningKey Load(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new SigningKey(Path.GetFileName(file), key);
    }

    private sealed record State(SigningKey Current, SigningKey? Next);
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
