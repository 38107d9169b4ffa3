using System.Text.RegularExpressions;
using System.Text;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>Makes what ffmpeg says fit for reports and logs: no address, no user, no password, nothing that cannot be seen.</summary>
internal static partial class Scrubber
{
    private const int Most = 200;
    private const int LeastAnywhere = 4;

    /// <summary>The last thing that was said; null when that was nothing.</summary>
    public static string? Clean(string said, CameraAddress address)
    {
        var line = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(line => !line.StartsWith("Last message repeated", StringComparison.Ordinal));
        if (line is null) return null;
        var text = Addresses().Replace(line, "…");
        foreach (var secret in Secrets(address)) text = Replace(text, secret);
        text = Memory().Replace(text, "");
        var clean = new StringBuilder();
        foreach (var character in text.Where(character => !char.IsControl(character)).Take(Most)) clean.Append(character);
        return clean.Length == 0 ? null : clean.ToString();
    }

    // A user called "u" is no reason to take each u out of what was said; a password is, unless it is as short.
    private static string Replace(string text, string secret) => secret.Length >= LeastAnywhere
        ? text.Replace(secret, "…", StringComparison.OrdinalIgnoreCase)
        : Regex.Replace(text, $"(?<![A-Za-z0-9]){Regex.Escape(secret)}(?![A-Za-z0-9])", "…", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    // The longest first, or a short one would leave pieces of a longer one.
    private static IEnumerable<string> Secrets(CameraAddress address) =>
        new[] { address.Password, Escaped(address.Password), address.User, Escaped(address.User), address.Host, address.IsFile ? address.Path : null }
            .OfType<string>().Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length);

    private static string? Escaped(string? text) => text is null ? null : Uri.EscapeDataString(text);

    [GeneratedRegex(@"[a-z]+:(?://|\\/\\/)\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@" @ 0x[0-9a-f]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Memory();
}
