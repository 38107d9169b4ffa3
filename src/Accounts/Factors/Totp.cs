using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Anlan.Accounts.Factors;

/// <summary>
/// Time-based one-time codes (RFC 6238 over RFC 4226): HMAC-SHA-1, 30 seconds, six digits, because that is what every authenticator app can do. Identity's own
/// provider accepts five minutes and does not tell which step matched, so no code could be kept from serving twice.
/// </summary>
internal static class Totp
{
    /// <summary>Seconds of a step.</summary>
    public const int StepSeconds = 30;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a secret: as long as the hash (RFC 4226, 4 R6).</summary>
    public const int SecretLength = 20;

    // A phone's clock may be half a minute off, and typing takes time (RFC 6238, 5.2).
    private const int StepsAround = 1;

    /// <summary>The step that a moment lies in.</summary>
    public static long StepOf(DateTimeOffset at) => Math.DivRem(at.ToUnixTimeSeconds(), StepSeconds).Quotient;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // RFC 6238 with what all apps share; SHA-1's collisions do not touch HMAC.
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue;
        var modulus = 1;
        for (var digit = 0; digit < digits; digit++) modulus *= 10;
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, around a moment and after the last one used; null when there is none. Every step is compared, whichever matched.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset at, long lastStep)
    {
        Span<byte> given = stackalloc byte[Digits];
        if (code.Length != Digits || !Encoding.ASCII.TryGetBytes(code, given, out _)) return null;
        long? found = null;
        for (var step = StepOf(at) - StepsAround; step <= StepOf(at) + StepsAround; step++)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(secret, step)), given);
            if (isSame && step > lastStep) found = step;
        }

        return found;
    }
}
