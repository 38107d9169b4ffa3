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

    // The longest-lived entries of leaked lists that reach the minimum length, in lower case, one a line.
    private static readonly HashSet<string> Worst = ReadWorst();

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

    private static HashSet<string> ReadWorst()
    {
        using var file = typeof(CredentialRules).Assembly.GetManifestResourceStream("Anlan.Accounts.Credentials.worst-passwords.txt") ?? throw new InvalidOperationException("The list of the worst passwords is missing.");
        using var lines = new StreamReader(file);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
    }
}
