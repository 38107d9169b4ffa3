using System.Buffers;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;

namespace Anlan.Enterprises.Registry;

/// <summary>The unified social credit code: 18 characters, with an organisation code and its check (GB 11714) inside and a check character of its own (GB 32100-2015).</summary>
internal static class CreditCode
{
    /// <summary>Length of a code.</summary>
    public const int Length = 18;

    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly SearchValues<char> Known = SearchValues.Create(Letters);
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Full-width characters and blanks made plain, letters upper case; null for nothing.</summary>
    public static string? Normalise(string? text)
    {
        if (text is { Length: > 0 } && !text.AsSpan().ContainsAnyExcept(Known)) return text;
        var plain = string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return plain.Length == 0 ? null : plain;
    }

    /// <summary>Why a normalised code cannot be right, or null.</summary>
    public static Refusal? Check(string code, string field = "creditCode")
    {
        if (code.Length != Length || code.AsSpan().ContainsAnyExcept(Known) || !code.AsSpan(2, 6).ContainsOnlyDigits())
        {
            return Refusal.OfField(field, "CreditCodeFormat") with { Rule = IdentifierRules.CreditCode, Measured = FactValue.Count(code.Length), Limit = FactValue.Count(Length) };
        }

        if (code[17] == CheckCharacter(code.AsSpan(0, 17))) return null;
        // The check inside only tells where to look: a code that its own check character confirms is on somebody's licence.
        return code[16] == OrganisationCheck(code.AsSpan(8, 8))
            ? Refusal.OfField(field, "CreditCodeCheckDigit") with { Rule = IdentifierRules.CreditCode, Measured = FactValue.Text(code[17].ToString()) }
            : Refusal.OfField(field, "CreditCodeOrganisationCheck") with { Rule = IdentifierRules.OrganisationCode, Measured = FactValue.Text(code[16].ToString()) };
    }

    /// <summary>GB 32100-2015: weights 3^i mod 31 over 31 letters.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += Letters.IndexOf(first17[i], StringComparison.Ordinal) * Weights[i];
        return Letters[(31 - (sum % 31)) % 31];
    }

    /// <summary>GB 11714: A is 10 up to Z 35; remainders 10 and 11 are X and 0.</summary>
    internal static char OrganisationCheck(ReadOnlySpan<char> first8)
    {
        var sum = 0;
        for (var i = 0; i < OrganisationWeights.Length; i++) sum += (char.IsAsciiDigit(first8[i]) ? first8[i] - '0' : first8[i] - 'A' + 10) * OrganisationWeights[i];
        return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
