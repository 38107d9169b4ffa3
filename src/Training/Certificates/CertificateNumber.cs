using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;

namespace Anlan.Training.Certificates;

/// <summary>
/// The number on an operator certificate. Customary is T and the holder's identity number; no source that we could read demands it, so
/// that other numbers are accepted, but one of this form must be right.
/// </summary>
internal static class CertificateNumber
{
    public const int Longest = 40;

    private const int Shortest = 6;
    private const int IdentityLength = 18;
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Full-width characters and blanks made plain, letters upper case.</summary>
    public static string Normalise(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Why a normalised number cannot be right, or null.</summary>
    public static Refusal? Check(string number)
    {
        if (number.Length == 0) return Refusal.OfField("number", "CertificateNumberMissing");
        if (number.Length is < Shortest or > Longest || !number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return Refusal.OfField("number", "CertificateNumberFormat") with { Measured = FactValue.Count(number.Length), Limit = FactValue.Count(Longest) };
        }

        return IdentityNumberIn(number) is { } identity && identity[17] != CheckCharacter(identity) ? Refusal.OfField("number", "CertificateNumberCheckDigit") with { Rule = IdentifierRules.IdentityNumber } : null;
    }

    /// <summary>The identity number inside a number of the customary form, or null.</summary>
    public static string? IdentityNumberIn(string number) =>
        number.Length == 1 + IdentityLength && number[0] == 'T' && !number.AsSpan(1, 17).ContainsAnyExceptInRange('0', '9') && (char.IsAsciiDigit(number[18]) || number[18] == 'X') ? number[1..] : null;

    /// <summary>For screens: of the customary form the division and the last four, of others the last four.</summary>
    public static string Mask(string number) =>
        number.Length == 1 + IdentityLength ? number[..7] + new string('*', 8) + number[^4..] : new string('*', Math.Max(0, number.Length - 4)) + number[^Math.Min(4, number.Length)..];

    private static char CheckCharacter(string identity)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (identity[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }
}
