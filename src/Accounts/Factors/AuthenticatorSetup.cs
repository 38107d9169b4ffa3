using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Anlan.Accounts.Registry;
using Microsoft.AspNetCore.DataProtection;
using QRCoder;

namespace Anlan.Accounts.Factors;

/// <summary>A secret that is offered to an app and not yet kept: until a first code proves that the app has it, it exists only in the sealed text that the page gives back.</summary>
/// <param name="Sealed">Secret, account and time, sealed by the server.</param>
/// <param name="Secret">The secret as one types it.</param>
/// <param name="Uri">The same for apps, as the QR code holds it.</param>
internal sealed record AuthenticatorOffer(string Sealed, string Secret, string Uri)
{
    /// <summary>The QR code as SVG.</summary>
    public string DrawQr()
    {
        using var qr = QRCodeGenerator.GenerateQrCode(Uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(qr);
        return svg.GetGraphic(4, "#000000", "#FFFFFF", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}

/// <summary>Offers secrets and takes them back sealed.</summary>
internal sealed class AuthenticatorSetup(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Issuer = "Anlan";
    private const int HeaderLength = 16 + 8;
    private const int Longest = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private readonly IDataProtector _seal = protection.CreateProtector("Anlan.AuthenticatorOffer.v1");

    /// <summary>A new secret for an account.</summary>
    public AuthenticatorOffer Offer(AccountFacts account) => Offer(account, RandomNumberGenerator.GetBytes(Totp.SecretLength));

    /// <summary>The same offer once more, after a wrong code; a new one when it is none of ours.</summary>
    public AuthenticatorOffer OfferAgain(AccountFacts account, string? text) => Open(text, account.Id) is { } secret ? Offer(account, secret) : Offer(account);

    /// <summary>The secret of an offer to this account, at most half an hour old; null otherwise.</summary>
    public byte[]? Open(string? text, Guid account)
    {
        if (text is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(text)) return null;
        byte[] bytes;
        try
        {
            bytes = _seal.Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (bytes.Length != HeaderLength + Totp.SecretLength || new Guid(bytes.AsSpan(0, 16)) != account) return null;
        var age = clock.GetUtcNow() - new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)), TimeSpan.Zero);
        return age >= TimeSpan.Zero && age < Lifetime ? bytes[HeaderLength..] : null;
    }

    private AuthenticatorOffer Offer(AccountFacts account, byte[] secret)
    {
        var bytes = new byte[HeaderLength + secret.Length];
        account.Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), clock.GetUtcNow().UtcTicks);
        secret.CopyTo(bytes, HeaderLength);
        var text = Base32.Encode(secret);
        var label = Uri.EscapeDataString($"{Issuer}:{account.UserName}");
        return new AuthenticatorOffer(Base64Url.EncodeToString(_seal.Protect(bytes)), text, $"otpauth://totp/{label}?secret={text}&issuer={Issuer}");
    }
}
