using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Anlan.Simulator.County;

/// <summary>Random passwords and PINs: a demo has no default password either.</summary>
internal static class Secrets
{
    public static string Password() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    /// <summary>What a factory burns into a chip.</summary>
    public static string OfChip() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Six digits that no rule about simple PINs can object to: no digit twice in a row, none three steps apart, no run.</summary>
    public static string Pin()
    {
        while (true)
        {
            var pin = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
            var steps = pin.Zip(pin.Skip(1), (first, second) => (second - first + 10) % 10).ToList();
            if (!steps.Contains(0) && steps.Distinct().Count() >= 3 && pin[..3] != pin[3..]) return pin;
        }
    }
}
