using System.Globalization;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;

namespace Anlan.Enterprises.People;

/// <summary>The citizen identity number: 17 digits with division and date of birth, and a check character (GB 11643).</summary>
internal static class IdentityNumber
{
    /// <summary>Length of a number.</summary>
    public const int Length = 18;

    /// <summary>A division that no place has: numbers with it belong to nobody.</summary>
    public const string SyntheticDivision = "990000";

    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly DateOnly EarliestBirth = new(1900, 1, 1);

    /// <summary>Full-width digits and blanks made plain, the check character upper case.</summary>
    public static string Normalise(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Why a normalised number cannot be right, or null. No refusal repeats the number or a part that identifies.</summary>
    public static Refusal? Check(string number, DateOnly today, bool allowSynthetic)
    {
        if (number.Length != Length || number.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9') || number[0] == '0' || !(char.IsAsciiDigit(number[17]) || number[17] == 'X'))
        {
            return Wrong("IdentityNumberFormat") with { Measured = FactValue.Count(number.Length), Limit = FactValue.Count(Length) };
        }

        if (!allowSynthetic && number.StartsWith(SyntheticDivision, StringComparison.Ordinal)) return Wrong("IdentityNumberSynthetic");
        if (BornOn(number) is not { } born || born < EarliestBirth || born > today) return Wrong("IdentityNumberDate");
        return number[17] == CheckCharacter(number.AsSpan(0, 17)) ? null : Wrong("IdentityNumberCheckDigit") with { Measured = FactValue.Text(number[17].ToString()) };
    }

    /// <summary>The date of birth inside a number, or null when that day never was.</summary>
    public static DateOnly? BornOn(string number) =>
        DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null;

    /// <summary>GB 11643: weighted sum modulo 11.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (first17[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    private static Refusal Wrong(string code) => Refusal.OfField("identityNumber", code) with { Rule = IdentifierRules.IdentityNumber };
}
