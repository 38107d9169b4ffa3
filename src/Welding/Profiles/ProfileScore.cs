namespace Anlan.Welding.Profiles;

/// <summary>What was counted for one dimension.</summary>
/// <param name="Records">Records behind it.</param>
/// <param name="Findings">How many of them have each finding.</param>
internal sealed record Counted(int Records, IReadOnlyDictionary<string, int> Findings)
{
    /// <summary>Nothing was counted.</summary>
    public static Counted Nothing { get; } = new(0, new Dictionary<string, int>());
}

/// <summary>What was taken from a dimension's score.</summary>
/// <param name="Finding">For which finding.</param>
/// <param name="Count">Records that have it.</param>
/// <param name="Points">Points of 100, to a tenth.</param>
public sealed record ScoredDeduction(string Finding, int Count, double Points);

/// <summary>A dimension with its score.</summary>
/// <param name="Key">Which.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Records">Records behind it.</param>
/// <param name="Score">0 to 100, to a tenth; null without records: then it does not count.</param>
/// <param name="Deductions">What is missing to 100, the largest first; together they may be more than 100.</param>
internal sealed record ScoredDimension(string Key, double Weight, int Records, double? Score, IReadOnlyList<ScoredDeduction> Deductions);

/// <summary>A profile's score.</summary>
/// <param name="Score">0 to 100, to a tenth; null when no dimension has records.</param>
/// <param name="Dimensions">In the formula's order.</param>
internal sealed record ScoredProfile(double? Score, IReadOnlyList<ScoredDimension> Dimensions);

/// <summary>Applies a formula to what was counted: counts in, score and every deduction out.</summary>
internal static class ProfileScore
{
    /// <summary>The score of dimensions, each with what was counted under its key.</summary>
    public static ScoredProfile Of(IEnumerable<ProfileDimension> dimensions, IReadOnlyDictionary<string, Counted> counts)
    {
        var scored = dimensions.Select(dimension => Of(dimension, counts.GetValueOrDefault(dimension.Key, Counted.Nothing))).ToList();
        var counting = scored.Where(dimension => dimension.Score is not null).ToList();
        return new ScoredProfile(counting.Count == 0 ? null : Tenth(counting.Sum(dimension => dimension.Score!.Value * dimension.Weight) / counting.Sum(dimension => dimension.Weight)), scored);
    }

    private static ScoredDimension Of(ProfileDimension dimension, Counted counted)
    {
        if (counted.Records == 0) return new ScoredDimension(dimension.Key, dimension.Weight, 0, null, []);
        var deductions = dimension.Deductions
            .Select(deduction => (deduction, Count: counted.Findings.GetValueOrDefault(deduction.Finding)))
            .Where(found => found.Count > 0)
            .Select(found => new ScoredDeduction(found.deduction.Finding, found.Count, Tenth(Math.Min(100, found.deduction.Each * found.Count ?? found.deduction.Share!.Value * found.Count / counted.Records))))
            .OrderByDescending(deduction => deduction.Points).ThenBy(deduction => deduction.Finding, StringComparer.Ordinal).ToList();
        return new ScoredDimension(dimension.Key, dimension.Weight, counted.Records, Math.Max(0, Tenth(100 - deductions.Sum(deduction => deduction.Points))), deductions);
    }

    private static double Tenth(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
