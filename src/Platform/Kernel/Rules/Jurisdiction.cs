using Anlan.Kernel.Divisions;

namespace Anlan.Kernel.Rules;

/// <summary>Whose rule a rule is: the platform's own, the nation's, or that of a province, city or county by its statistics code.</summary>
/// <param name="Code"><see cref="Platform"/>, <see cref="National"/> or a statistics code.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
public sealed record Jurisdiction(string Code, string NameZh, string NameEn)
{
    /// <summary>What this platform demands of itself; the weakest claim when several rules say the same.</summary>
    public const string Platform = "platform";

    /// <summary>Laws, regulations and standards of the whole country.</summary>
    public const string National = "national";

    /// <summary>True for a code that a rule may name.</summary>
    public static bool IsValid(string? code) => code is Platform or National || DivisionCode.IsValid(code);

    /// <summary>True when rules of a jurisdiction hold at a place. Platform and nation are everywhere.</summary>
    public static bool Covers(string code, DivisionCode? place) => code is Platform or National || (place is { } there && there.IsWithin(new DivisionCode(code)));

    /// <summary>Order of rank: nation, province, city, county, town, then the platform.</summary>
    public static int RankOf(string code) => code switch
    {
        National => 0,
        Platform => int.MaxValue,
        _ => code.Length,
    };
}
