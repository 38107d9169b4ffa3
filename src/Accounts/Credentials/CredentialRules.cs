using Anlan.Kernel.Outcomes;

namespace Anlan.Accounts.Credentials;

/// <summary>What user names, passwords and PINs must be. Length and a list of the worst, nothing else: forced symbols make people write passwords down.</summary>
internal static class CredentialRules
{
    public const int ShortestPassword = 12;
    public const int LongestPassword = 200;
    public const int PinDigits = 6;
    private const int ShortestUserName = 2;
    private const int LongestUserName = 40;

    // The longest-lived entries of leaked lists that reach the minimum length, in lower case.
    private static readonly HashSet<string> Worst = new(StringComparer.Ordinal)
    {
        "123456789012", "1234567890123", "12345678901234", "123456789123", "123456123456", "123123123123", "1234567890ab", "0123456789ab", "012345678910",
        "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]", "qwertyuiopas", "qwertyuiopasdf", "qwerty123456", "1qaz2wsx3edc", "1q2w3e4r5t6y", "zaq12wsxcde3",
        "asdfghjkl123", "asdfghjkl;'\\", "zxcvbnm12345", "password1234", "password12345", "password123456", "passwordpassword", "password@123", "p@ssw0rd1234",
        "p@ssword1234", "administrator", "administrator1", "admin1234567", "admin12345678", "admin123456789", "adminadmin12", "adminadminadmin", "letmein12345",
        "iloveyou1234", "woaini520520", "woaini1314520", "woaini123456", "5201314520131", "520131413145", "aa1234567890", "a12345678900", "abc123456789",
        "abcd12345678", "abcdef123456", "abcdefghijkl", "abcdefg12345", "changeme1234", "welcome12345", "anlan1234567", "anlan123456789", "anlananlananlan",
        "test12345678", "testtesttest", "root12345678", "rootrootroot", "secretsecret",
    };

    public static Refusal? CheckUserName(string? userName, string field = "userName")
    {
        var name = userName?.Trim() ?? "";
        return name.Length is >= ShortestUserName and <= LongestUserName && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_' or '@' or '+')
            ? null
            : Refusal.OfField(field, "UserNameInvalid");
    }

    public static Refusal? CheckPassword(string? password, string? userName)
    {
        password ??= "";
        if (password.Length < ShortestPassword)
        {
            return Refusal.OfField("password", "PasswordTooShort") with { Measured = FactValue.Count(password.Length), Limit = FactValue.Count(ShortestPassword) };
        }

        if (password.Length > LongestPassword)
        {
            return Refusal.OfField("password", "PasswordTooLong") with { Measured = FactValue.Count(password.Length), Limit = FactValue.Count(LongestPassword) };
        }

        var lower = password.ToLowerInvariant();
        return Worst.Contains(lower) || lower.Distinct().Count() <= 2 || lower == userName?.Trim().ToLowerInvariant() ? Refusal.OfField("password", "PasswordTooCommon") : null;
    }

    /// <summary>Six digits; not one digit repeated, not two or three repeated over and over, not a run up or down.</summary>
    public static Refusal? CheckPin(string? pin)
    {
        if (pin is not { Length: PinDigits } || !pin.All(char.IsAsciiDigit)) return Refusal.OfField("pin", "PinInvalid");
        var isRepeated = pin[..3] == pin[3..] || (pin[..2] == pin[2..4] && pin[..2] == pin[4..]);
        return isRepeated || IsRun(pin, 1) || IsRun(pin, 9) ? Refusal.OfField("pin", "PinTooSimple") : null;
    }

    // Steps modulo ten, so that 890123 and 321098 count as runs too.
    private static bool IsRun(string pin, int step)
    {
        for (var i = 1; i < pin.Length; i++)
        {
            if ((pin[i] - pin[i - 1] + 10) % 10 != step) return false;
        }

        return true;
    }
}
