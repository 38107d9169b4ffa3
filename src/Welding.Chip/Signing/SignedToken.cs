using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;

namespace Anlan.Welding.Chip.Signing;

/// <summary>COSE_Sign1 with ES256 around a CBOR map of claims: what grant, time and config have in common (CHIP-COSE).</summary>
internal static class SignedToken
{
    private const long Es256 = -7;

    [ThreadStatic]
    private static CborWriter? writer;

    /// <summary>A writer of this thread, empty.</summary>
    public static CborWriter Writer()
    {
        // Not "canonical": that sorts and buffers. The claims are written in their deterministic order, which Strict leaves as it is.
        writer ??= new CborWriter(CborConformanceMode.Strict, initialCapacity: 512);
        writer.Reset();
        return writer;
    }

    /// <summary>Signs what was written.</summary>
    public static byte[] Sign(TokenSigner signer, CborWriter claims)
    {
        Span<byte> payload = stackalloc byte[2_048];
        return claims.BytesWritten <= payload.Length ? signer.Sign(payload[..claims.Encode(payload)]) : signer.Sign(claims.Encode());
    }

    /// <summary>The claims when a trusted key signed them, else null: no other key, algorithm, header or detached content.</summary>
    public static ReadOnlyMemory<byte>? Open(ReadOnlySpan<byte> token, TrustedKeys keys)
    {
        try
        {
            var message = CoseMessage.DecodeSign1(token);
            var headers = message.ProtectedHeaders;
            if (message.Content is not { } content || headers.Count != 2 || message.UnprotectedHeaders.Count != 0) return null;
            if (!headers.TryGetValue(CoseHeaderLabel.Algorithm, out var algorithm) || algorithm.GetValueAsInt32() != Es256) return null;
            if (!headers.TryGetValue(CoseHeaderLabel.KeyIdentifier, out var kid) || keys.Find(kid.GetValueAsBytes()) is not { } key) return null;
            return message.VerifyEmbedded(key.Verifier) ? content : null;
        }
        catch (Exception refused) when (refused is CryptographicException or CborContentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads claims with a reader of one kind of token; null when they are not exactly of that kind.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> token, TrustedKeys keys, Func<CborReader, T?> read) where T : class
    {
        if (Open(token, keys) is not { } payload) return null;
        try
        {
            var reader = new CborReader(payload, CborConformanceMode.Strict);
            return read(reader) is { } claims && reader.BytesRemaining == 0 ? claims : null;
        }
        catch (Exception refused) when (refused is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            return null;
        }
    }
}
