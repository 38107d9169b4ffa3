using System.Security.Cryptography;
using System.Text;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Evidence;

/// <summary>
/// The ES256 keys under tree heads, as PEM files in the key folder; apart from those of grants, because auditors and other organs trust them, not
/// chips. The newest signs, older ones stay for checking. One is made at the first start.
/// </summary>
public sealed class TreeKeys : IDisposable
{
    private const string Pattern = "tree-*.pem";
    private readonly Dictionary<string, TreeKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Reads the keys of an installation, making one if there is none.</summary>
    public TreeKeys(DataFolder data, TimeProvider clock)
    {
        var files = Directory.GetFiles(data.Keys, Pattern).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) files.Add(Make(data, clock));
        foreach (var file in files) Add(file);
        Current = _keys.Values.Last();
    }

    /// <summary>The key that signs.</summary>
    public TreeKey Current { get; }

    /// <summary>All keys, the newest last.</summary>
    public IReadOnlyCollection<TreeKey> All => _keys.Values;

    /// <summary>A key by its id, or null.</summary>
    public TreeKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Pair.Dispose();
    }

    private static string Make(DataFolder data, TimeProvider clock)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(data.Keys, $"tree-{clock.GetUtcNow():yyyyMMdd-HHmmss-fff}.pem");
        DataFolder.WriteSecret(file, Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
        return file;
    }

    private void Add(string file)
    {
        var pair = ECDsa.Create();
        try
        {
            pair.ImportFromPem(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
        {
            pair.Dispose();
            throw new InvalidDataException($"{file} holds no key that can be read: restore it from the backup of the keys.", unreadable);
        }

        var key = new TreeKey(pair);
        _keys[key.Id] = key;
    }
}

/// <summary>One key under tree heads.</summary>
/// <param name="Pair">The key pair.</param>
public sealed record TreeKey(ECDsa Pair)
{
    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; } = Pair.ExportSubjectPublicKeyInfo();

    /// <summary>The id that heads name.</summary>
    public string Id => EvidenceFile.KeyId(PublicKey);
}
