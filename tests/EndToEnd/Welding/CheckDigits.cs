namespace Anlan.EndToEnd.Welding;

/// <summary>Completes invented credit codes (GB 32100-2015): written here anew, so that the product's own check is checked.</summary>
internal static class CreditCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>The code with its check character; the last character given is ignored.</summary>
    public static string Complete(string code)
    {
        var sum = Weights.Select((weight, i) => weight * Alphabet.IndexOf(code[i], StringComparison.Ordinal)).Sum();
        return code[..17] + Alphabet[(31 - (sum % 31)) % 31];
    }
}

/// <summary>Completes invented identity numbers (GB 11643-1999).</summary>
internal static class IdentityNumbers
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The 17 digits with their check character.</summary>
    public static string Complete(string digits) => digits + "10X98765432"[Weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() % 11];
}
