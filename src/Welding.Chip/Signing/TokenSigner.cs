using System.Security.Cryptography;
using System.Security.Cryptography.Cose;

namespace Anlan.Welding.Chip.Signing;

/// <summary>
/// Signs tokens with one ES256 key from any number of threads: each thread keeps its own copy of the key, its header map and its buffers,
/// because neither the key nor the CBOR writer promises to be shared.
/// </summary>
public sealed class TokenSigner : IDisposable
{
    private readonly ECParameters _key;
    private readonly ThreadLocal<Pen> _pens;

    /// <summary>Copies the key pair.</summary>
    public TokenSigner(ECDsa key)
    {
        _key = key.ExportParameters(includePrivateParameters: true);
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Kid = TrustedKeys.KidOf(PublicKey);
        _pens = new ThreadLocal<Pen>(() => new Pen(_key, Kid), trackAllValues: true);
    }

    /// <summary>Key id that the tokens carry.</summary>
    public byte[] Kid { get; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    internal byte[] Sign(ReadOnlySpan<byte> payload) => CoseSign1Message.SignEmbedded(payload, _pens.Value!.Signer);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pen in _pens.Values) pen.Dispose();
        _pens.Dispose();
    }

    private sealed class Pen : IDisposable
    {
        private readonly ECDsa _key;

        public Pen(ECParameters parameters, byte[] kid)
        {
            _key = ECDsa.Create(parameters);
            var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes(kid) } };
            Signer = new CoseSigner(_key, HashAlgorithmName.SHA256, headers);
        }

        public CoseSigner Signer { get; }

        public void Dispose() => _key.Dispose();
    }
}
