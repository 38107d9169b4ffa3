using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Anlan.EndToEnd.Browsing;

/// <summary>An authenticator app as a phone has it, written from RFC 6238 and not from our own code.</summary>
internal sealed class AuthenticatorApp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] _secret;

    /// <param name="typed">The secret as the page shows it, in groups.</param>
    public AuthenticatorApp(string typed)
    {
        var bits = string.Concat(typed.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        _secret = [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    /// <summary>The code of now, or of so many half minutes later.</summary>
    public string Code(int steps = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + steps);
#pragma warning disable CA5350 // What authenticator apps do.
        var mac = HMACSHA1.HashData(_secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
