namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What may hurt people in a confined space; keys as in the API, words are <c>Hazard.{key}</c>.</summary>
internal static class SpaceHazards
{
    public const string HydrogenSulfide = "hydrogenSulfide";
    public const string CarbonMonoxide = "carbonMonoxide";
    public const string CarbonDioxide = "carbonDioxide";
    public const string OxygenDeficiency = "oxygenDeficiency";
    public const string Flammable = "flammable";
    public const string Engulfment = "engulfment";
    public const string Drowning = "drowning";
    public const string Electric = "electric";
    public const string Heat = "heat";

    // Where these may form, the opening is kept shut (Order 13, art. 12), and the principal approves each entry (art. 7).
    private static readonly string[] Toxic = [HydrogenSulfide, CarbonMonoxide, CarbonDioxide];

    /// <summary>All of them, the deadliest first.</summary>
    public static IReadOnlyList<string> All { get; } = [HydrogenSulfide, CarbonMonoxide, CarbonDioxide, OxygenDeficiency, Flammable, Engulfment, Drowning, Electric, Heat];

    /// <summary>True when a gas may form that poisons.</summary>
    public static bool AreToxic(IEnumerable<string> hazards) => hazards.Any(Toxic.Contains);

    /// <summary>True when somebody may be poisoned or suffocate: then the principal, or somebody delegated in writing, approves each entry (Order 13, art. 7).</summary>
    public static bool NeedPrincipal(IEnumerable<string> hazards) => hazards.Any(hazard => Toxic.Contains(hazard) || hazard == OxygenDeficiency);

    /// <summary>The same hazards, each once and in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> hazards) => [.. All.Where(hazards.ToHashSet(StringComparer.Ordinal).Contains)];
}
