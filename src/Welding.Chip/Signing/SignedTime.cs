using System.Formats.Cbor;

namespace Anlan.Welding.Chip.Signing;

/// <summary>What a signed time says.</summary>
/// <param name="Chip">aud: serial of the chip.</param>
/// <param name="UnixMilliseconds">iat.</param>
/// <param name="Nonce">The nonce of the hello that it answers, 16 bytes.</param>
public sealed record TimeClaims(string Chip, long UnixMilliseconds, byte[] Nonce);

/// <summary>Signs and verifies the answer to a hello.</summary>
public static class SignedTime
{
    private const long Aud = 3, Iat = 6, Nonce = -70_010;
    private const int ClaimCount = 3;

    /// <summary>The token of a time.</summary>
    public static byte[] Sign(TokenSigner signer, TimeClaims claims)
    {
        var writer = SignedToken.Writer();
        writer.WriteStartMap(ClaimCount);
        writer.WriteInt64(Aud);
        writer.WriteTextString(claims.Chip);
        writer.WriteInt64(Iat);
        writer.WriteInt64(claims.UnixMilliseconds);
        writer.WriteInt64(Nonce);
        writer.WriteByteString(claims.Nonce);
        writer.WriteEndMap();
        return SignedToken.Sign(signer, writer);
    }

    /// <summary>The claims of a time that a trusted key signed, else null. Whether it answers this chip's last hello is the chip's to judge.</summary>
    public static TimeClaims? Verify(ReadOnlySpan<byte> token, TrustedKeys keys) => SignedToken.Read(token, keys, Read);

    private static TimeClaims? Read(CborReader reader)
    {
        string? chip = null;
        long time = 0;
        byte[]? nonce = null;
        if (reader.ReadStartMap() != ClaimCount) return null;
        for (var i = 0; i < ClaimCount; i++)
        {
            switch (reader.ReadInt64())
            {
                case Aud: chip = reader.ReadTextString(); break;
                case Iat: time = reader.ReadInt64(); break;
                case Nonce: nonce = reader.ReadByteString(); break;
                default: return null;
            }
        }

        reader.ReadEndMap();
        return chip is null || nonce is null || time <= 0 ? null : new TimeClaims(chip, time, nonce);
    }
}
