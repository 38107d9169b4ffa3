using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Anlan.Toolkit.Messages;

/// <summary>
/// A group robot of DingTalk: the webhook's address with the robot's token, and the secret with which requests are signed behind a number sign, so that both
/// are sealed as one. The part behind the number sign is never sent.
/// </summary>
/// <param name="Webhook">Address with <c>access_token</c>.</param>
/// <param name="Secret">Secret for the signature (加签).</param>
public sealed record RobotAddress(Uri Webhook, string Secret)
{
    private const int LongestSecret = 128;

    /// <summary>Host, with its port where that is not the usual one.</summary>
    public string Host => Webhook.Authority;

    /// <summary>What lets a request in, beside the signature.</summary>
    public string Token => TokenIn(Webhook);

    /// <summary>One text for both.</summary>
    public override string ToString() => $"{Webhook.GetLeftPart(UriPartial.Query)}#{Secret}";

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is no such address.</summary>
    public static RobotAddress? Read(string text)
    {
        var at = text.IndexOf('#', StringComparison.Ordinal);
        return at > 0 ? Of(text[..at], text[(at + 1)..]) : null;
    }

    /// <summary>A robot of a webhook's address and a secret; null when they cannot be those of one.</summary>
    public static RobotAddress? Of(string? webhook, string? secret) =>
        Uri.TryCreate(webhook?.Trim(), UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0 && TokenIn(address).Length > 0
        && secret?.Trim() is { Length: > 0 and <= LongestSecret } plain && plain.All(char.IsAsciiLetterOrDigit)
            ? new RobotAddress(address, plain)
            : null;

    /// <summary>The address to post to at a moment: time stamp and signature are good for an hour (open.dingtalk.com, security settings of custom robots).</summary>
    public Uri SignedAt(DateTimeOffset now)
    {
        var stamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{stamp}\n{Secret}")));
        return new Uri($"{Webhook.GetLeftPart(UriPartial.Query)}&timestamp={stamp}&sign={Uri.EscapeDataString(signature)}");
    }

    private static string TokenIn(Uri webhook) => HttpUtility.ParseQueryString(webhook.Query)["access_token"] ?? "";
}
