using System.Globalization;
using System.Text.Json;

namespace Anlan.Simulator.County;

/// <summary>Words for invented people and enterprises, from an embedded file: nobody here exists.</summary>
internal sealed record InventedWords(
    IReadOnlyList<string> FamilyNames, IReadOnlyList<string> GivenNames, IReadOnlyList<string> Companies, string CompanyEnding, string SelfEmployedEnding, IReadOnlyList<string> Sites,
    string Address, string AddressNumber, string Bureau, string CityBureau, string Basis, string SecurityAdministrator, string SystemAdministrator, string AuditAdministrator, string SafetyManager, string Authority, IReadOnlyList<string> ElectricModels, IReadOnlyList<string> GasModels,
    string Dyer, IReadOnlyList<InventedSpace> Spaces)
{
    public static InventedWords Read()
    {
        using var file = typeof(InventedWords).Assembly.GetManifestResourceStream("Anlan.Simulator.County.invented.json") ?? throw new InvalidOperationException("The invented words are missing.");
        return JsonSerializer.Deserialize<InventedWords>(file, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("The invented words are empty.");
    }
}

/// <summary>A kind of confined space as an enterprise may have it.</summary>
internal sealed record InventedSpace(string Name, string Kind, string Site, string Opening, IReadOnlyList<string> Hazards, string Risk, double Depth, double Volume);

/// <summary>Numbers that pass every check and belong to nobody.</summary>
internal static class InventedNumbers
{
    /// <summary>A division code that no place has: identity numbers with it are synthetic.</summary>
    public const string NoPlace = "990000";

    private const string CreditLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string IdentityCheck = "10X98765432";
    private static readonly int[] CreditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] IdentityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>A unified social credit code (GB 32100): authority and kind, division, organisation code with its own check, check character.</summary>
    public static string CreditCode(Random dice, string division)
    {
        var organisation = string.Concat(Enumerable.Range(0, 8).Select(_ => CreditLetters[dice.Next(10)]));
        var sum = organisation.Select((letter, index) => (letter - '0') * OrganisationWeights[index]).Sum();
        var check = (11 - sum % 11) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
        var body = "91" + division + organisation + check;
        var rest = body.Select((letter, index) => CreditLetters.IndexOf(letter, StringComparison.Ordinal) * CreditWeights[index]).Sum() % 31;
        return body + CreditLetters[(31 - rest) % 31];
    }

    /// <summary>An identity number (GB 11643) of no place.</summary>
    public static string Identity(Random dice)
    {
        var born = new DateOnly(1965, 1, 1).AddDays(dice.Next(40 * 365));
        var body = NoPlace + born.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + dice.Next(1_000).ToString("000", CultureInfo.InvariantCulture);
        return body + IdentityCheck[body.Select((digit, index) => (digit - '0') * IdentityWeights[index]).Sum() % 11];
    }
}
