using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Welding.Profiles;

/// <summary>Of whom there are profiles.</summary>
public enum ProfileSubject
{
    /// <summary>An enterprise that uses machines or employs welders.</summary>
    Enterprise,

    /// <summary>A person who holds a welding certificate or tried to start a machine.</summary>
    Welder,

    /// <summary>A machine that is not scrapped.</summary>
    Machine,
}

/// <summary>How a finding lowers the score of its dimension, in points of 100; one of <see cref="Share"/> and <see cref="Each"/>.</summary>
/// <param name="Finding">Its words are <c>Finding.</c> and the word.</param>
/// <param name="Share">Points when every record has it; a part of them has it: that part.</param>
/// <param name="Each">Points for each record that has it.</param>
internal sealed record ProfileDeduction(string Finding, double? Share, double? Each);

/// <summary>One dimension of a profile.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Key">Its words are <c>Dimension.</c> and the key.</param>
/// <param name="Weight">Against the other dimensions that have records.</param>
/// <param name="Deductions">What is taken from 100.</param>
internal sealed record ProfileDimension(ProfileSubject Subject, string Key, double Weight, IReadOnlyList<ProfileDeduction> Deductions);

/// <summary>A version of the formula, in force from a day until the next one is.</summary>
/// <param name="Version">As shown beside every score.</param>
/// <param name="From">First day.</param>
/// <param name="SourceZh">Who says so.</param>
/// <param name="SourceEn">Who says so.</param>
/// <param name="WindowDays">Sessions, refusals and incidents count for so many days.</param>
/// <param name="LeastPeers">With fewer peers nothing is compared: an average would tell of single ones.</param>
/// <param name="BindingSoonDays">So many days ahead the end of a binding is near.</param>
/// <param name="MachineSizes">From so many machines on an enterprise is of the next size.</param>
/// <param name="Dimensions">Of all subjects.</param>
internal sealed record ProfileFormula(
    string Version, DateOnly From, string SourceZh, string SourceEn, int WindowDays, int LeastPeers, int BindingSoonDays, IReadOnlyList<int> MachineSizes, IReadOnlyList<ProfileDimension> Dimensions)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>All versions, oldest first (<c>formula.json</c>).</summary>
    public static IReadOnlyList<ProfileFormula> All { get; } = Read();

    /// <summary>The version in force on a day; the first one before it began.</summary>
    public static ProfileFormula On(DateOnly day) => All.LastOrDefault(formula => formula.From <= day) ?? All[0];

    /// <summary>The dimensions of a subject, in order.</summary>
    public IEnumerable<ProfileDimension> Of(ProfileSubject subject) => Dimensions.Where(dimension => dimension.Subject == subject);

    /// <summary>Reads versions and checks that each can be computed.</summary>
    /// <exception cref="InvalidDataException">Which version, and what is wrong with it.</exception>
    public static List<ProfileFormula> Parse(Stream json)
    {
        var formulas = JsonSerializer.Deserialize<List<ProfileFormula>>(json, Json) is { Count: > 0 } read ? read.OrderBy(formula => formula.From).ToList() : throw new InvalidDataException("There is no formula.");
        foreach (var formula in formulas)
        {
            if (formulas.Any(other => other != formula && (other.Version == formula.Version || other.From == formula.From))) throw Wrong(formula, "another version has its name or its first day");
            if (formula.WindowDays < 1 || formula.LeastPeers < 2) throw Wrong(formula, "windowDays or leastPeers is too small");
            foreach (var dimension in formula.Dimensions)
            {
                if (dimension.Weight <= 0) throw Wrong(formula, $"{dimension.Key}: the weight is not above 0");
                if (dimension.Deductions.Any(deduction => (deduction.Share is null) == (deduction.Each is null) || (deduction.Share ?? deduction.Each) <= 0)) throw Wrong(formula, $"{dimension.Key}: a deduction has one of share and each, above 0");
            }

            if (formula.Dimensions.GroupBy(dimension => (dimension.Subject, dimension.Key)).Any(same => same.Count() > 1)) throw Wrong(formula, "a dimension is there twice");
        }

        return formulas;
    }

    private static InvalidDataException Wrong(ProfileFormula formula, string what) => new($"Formula {formula.Version}: {what}.");

    private static List<ProfileFormula> Read()
    {
        using var stream = typeof(ProfileFormula).Assembly.GetManifestResourceStream("Anlan.Welding.Profiles.formula.json") ?? throw new InvalidDataException("The formula is missing.");
        return Parse(stream);
    }
}
