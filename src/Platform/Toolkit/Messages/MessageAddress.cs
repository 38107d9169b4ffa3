using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Anlan.Toolkit.Messages;

/// <summary>Telephones, e-mail addresses and robots: what is one, how it is written, how it looks on screens.</summary>
public static partial class MessageAddress
{
    private const int LongestMail = 254;

    /// <summary>One way to write each address: no blanks, small letters, a mobile without its country code.</summary>
    public static string Normalise(string address)
    {
        if (RobotAddress.Read(address) is { } robot) return robot.ToString();
        var plain = string.Concat(address.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
        if (plain.Contains('@', StringComparison.Ordinal)) return plain;
        var digits = plain.Replace("-", "", StringComparison.Ordinal);
        return digits.StartsWith("+86", StringComparison.Ordinal) ? digits[3..] : digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    /// <summary>True when a normalised address can be reached by the channel.</summary>
    public static bool IsOf(MessageChannel channel, string address) => channel switch
    {
        MessageChannel.Text => Mobile().IsMatch(address),
        MessageChannel.Robot => RobotAddress.Read(address) is not null,
        _ => address.Length <= LongestMail && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var mail) && mail.Address == address && mail.Host.Contains('.', StringComparison.Ordinal),
    };

    /// <summary>138****0000, z***@example.cn, oapi.dingtalk.com/***.</summary>
    public static string Mask(string address)
    {
        if (RobotAddress.Read(address) is { } robot) return robot.Host + "/***";
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) return address[0] + "***" + address[at..];
        return address.Length >= 11 ? address[..3] + new string('*', address.Length - 7) + address[^4..] : new string('*', address.Length);
    }

    [GeneratedRegex(@"^1[3-9]\d{9}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Mobile();
}
