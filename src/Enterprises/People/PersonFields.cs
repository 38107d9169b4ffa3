using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Anlan.Kernel.Outcomes;

namespace Anlan.Enterprises.People;

/// <summary>A person's plain fields, for as long as somebody types or lawfully reads them.</summary>
internal sealed partial record PersonFields(string Name, string IdentityNumber, string? Phone)
{
    public const int LongestName = 50;

    /// <summary>What somebody typed, without blanks around and in plain characters.</summary>
    public static PersonFields Normalised(string? name, string? identityNumber, string? phone) =>
        new(NormaliseName(name), People.IdentityNumber.Normalise(identityNumber), NormalisePhone(phone));

    public static string NormaliseName(string? name) => Blanks().Replace((name ?? "").Normalize(NormalizationForm.FormKC).Trim(), " ");

    public static string? NormalisePhone(string? phone) => string.IsNullOrWhiteSpace(phone) ? null : string.Concat(phone.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c != '-'));

    /// <summary>Everything wrong with normalised fields.</summary>
    public IReadOnlyList<Refusal> Check(DateOnly today, bool allowSynthetic) =>
        [.. new[] { CheckName(Name), People.IdentityNumber.Check(IdentityNumber, today, allowSynthetic), CheckPhone(Phone) }.OfType<Refusal>()];

    public static Refusal? CheckName(string name)
    {
        var characters = new StringInfo(name).LengthInTextElements;
        return characters is >= 2 and <= LongestName && name.EnumerateRunes().All(r => Rune.IsLetter(r) || r.Value is ' ' or '-' or '\'' or '.' or '\u00B7' || Rune.GetUnicodeCategory(r) == UnicodeCategory.NonSpacingMark)
            ? null
            : Refusal.OfField("name", "PersonNameFormat") with { Measured = FactValue.Count(characters), Limit = FactValue.Count(LongestName) };
    }

    public static Refusal? CheckPhone(string? phone) => phone is null || PhoneShape().IsMatch(phone) ? null : Refusal.OfField("phone", "PhoneFormat");

    // 11 digits that begin with 1, or a land line with its area code, with or without the country code.
    [GeneratedRegex(@"^(\+?86)?(1[3-9]\d{9}|0\d{9,11})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PhoneShape();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blanks();
}
