using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Evidence;

/// <summary>The logs of other organs whose heads are kept here, by the key that they sign with.</summary>
public sealed class PeerKeys : IDisposable
{
    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);

    /// <summary>Reads the public keys of the settings.</summary>
    public PeerKeys(IOptions<EvidenceOptions> options)
    {
        foreach (var told in options.Value.Peers)
        {
            var key = Read(told.PublicKey) ?? throw new InvalidDataException($"{told.PublicKey} is no PEM file of an EC public key.");
            _peers[EvidenceFile.KeyId(key.ExportSubjectPublicKeyInfo())] = new Peer(told.Name.Trim(), key);
        }
    }

    /// <summary>All peers.</summary>
    public IReadOnlyCollection<Peer> All => _peers.Values;

    /// <summary>The peer with a key, or null.</summary>
    public Peer? Find(string key) => _peers.GetValueOrDefault(key);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var peer in _peers.Values) peer.Key.Dispose();
    }

    internal static ECDsa? Read(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            return null;
        }
    }
}

/// <summary>The log of another organ.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its public key.</param>
public sealed record Peer(string Name, ECDsa Key);
