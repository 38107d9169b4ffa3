using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anlan.Toolkit.Messages;

/// <summary>Fills the places of a gateway's description, all at once: what stands in a message is never read as a place.</summary>
internal static partial class TextTemplate
{
    public static string Fill(string template, Func<string, string> valueOf) => Place().Replace(template, place => valueOf(place.Groups["place"].Value));

    public static string Fill(string template, PlainMessage message, Func<string, string> encode) => Fill(template, place => encode(ValueOf(place, message)));

    /// <summary>How a value is written into a body.</summary>
    public static Func<string, string> EncoderOf(string contentType) => contentType switch
    {
        _ when contentType.Contains("json", StringComparison.OrdinalIgnoreCase) => value => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        _ when contentType.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) => Uri.EscapeDataString,
        _ when contentType.Contains("xml", StringComparison.OrdinalIgnoreCase) => value => SecurityElement.Escape(value),
        _ => value => value,
    };

    private static string ValueOf(string place, PlainMessage message) => place switch { "phone" => message.Address, "text" => message.Text, _ => message.Id.ToString() };

    [GeneratedRegex(@"\{(?<place>phone|text|id)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();
}
