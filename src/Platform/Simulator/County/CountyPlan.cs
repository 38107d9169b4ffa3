namespace Anlan.Simulator.County;

/// <summary>A town or street of the county.</summary>
internal sealed record PlannedTown(string Code, string Name, double Latitude, double Longitude);

/// <summary>An invented enterprise.</summary>
internal sealed record PlannedEnterprise(string Name, string? CreditCode, string Kind, PlannedTown Town, string Address);

/// <summary>An invented welder.</summary>
internal sealed record PlannedWelder(string Name, string IdentityNumber, int Enterprise, string Standing, string UserName);

/// <summary>An invented machine with its chip.</summary>
internal sealed record PlannedMachine(string Code, string Serial, string Kind, string Model, double RatedCurrent, int Enterprise, string Site, double Latitude, double Longitude, double ChipLatitude);

/// <summary>A demo county, the same for the same seed; no requests yet.</summary>
internal sealed record CountyPlan(IReadOnlyList<PlannedEnterprise> Enterprises, IReadOnlyList<PlannedWelder> Welders, IReadOnlyList<PlannedMachine> Machines)
{
    public const string Licensed = "licensed";
    public const string Expired = "expired";
    public const string ReviewOverdue = "review-overdue";
    public const string Revoked = "revoked";
    public const string Unbound = "unbound";
    private const int LeastEnterprises = 20;

    // Of a whole county: 660 enterprises, 1,603 machines, 1,360 welders (the report of February 2024).
    private static readonly (int Enterprises, int Machines, int Welders) Whole = (660, 1_603, 1_360);
    private const double FarAway = 0.09;

    // Enough to show each refusal, too few to look like a county of cheats.
    private static readonly Dictionary<int, string> Exceptions = new() { [7] = Expired, [13] = ReviewOverdue, [19] = Revoked, [24] = Unbound };

    /// <summary>Plans a county.</summary>
    /// <param name="words">Invented words.</param>
    /// <param name="towns">The county's towns with a place in each.</param>
    /// <param name="map">The county's outline.</param>
    /// <param name="count">Number of machines with a chip.</param>
    /// <param name="seed">Seed.</param>
    public static CountyPlan Of(InventedWords words, IReadOnlyList<PlannedTown> towns, CountyMap map, int count, int seed)
    {
        var dice = new Random(Sites.Seeds.Of(seed, "county"));
        var enterpriseCount = Math.Max(LeastEnterprises, count * Whole.Enterprises / Whole.Machines);
        var welderCount = Math.Max(enterpriseCount + 8, count * Whole.Welders / Whole.Machines);
        var (names, numbers) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var enterprises = Enumerable.Range(0, enterpriseCount).Select(index => AnEnterprise(words, towns[index % towns.Count], index, enterpriseCount, names, numbers, dice)).ToList();
        var machines = Enumerable.Range(0, count).Select(index => AMachine(words, enterprises, map, index, dice)).ToList();
        var welders = Enumerable.Range(0, welderCount).Select(index => AWelder(words, index, enterpriseCount, numbers, dice)).ToList();
        return new CountyPlan(enterprises, welders, machines);
    }

    private static PlannedEnterprise AnEnterprise(InventedWords words, PlannedTown town, int index, int count, HashSet<string> names, HashSet<string> numbers, Random dice)
    {
        var isSelfEmployed = index >= count - Math.Max(2, count / 10);
        var name = Unused(names, () => isSelfEmployed ? Name(words, dice) + words.SelfEmployedEnding
            : (index < words.Companies.Count ? "" : words.GivenNames[dice.Next(words.GivenNames.Count)]) + words.Companies[index % words.Companies.Count] + words.CompanyEnding);
        var code = Unused(numbers, () => InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace));
        return new PlannedEnterprise(name, code, isSelfEmployed ? "selfEmployed" : "company", town, $"{town.Name}{words.Address}{1 + dice.Next(300)}{words.AddressNumber}");
    }

    private static PlannedMachine AMachine(InventedWords words, List<PlannedEnterprise> enterprises, CountyMap map, int index, Random dice)
    {
        var enterprise = index % enterprises.Count;
        var isGas = index % 10 == 9;
        var models = isGas ? words.GasModels : words.ElectricModels;
        var town = enterprises[enterprise].Town;
        var (latitude, longitude) = map.Near((town.Latitude, town.Longitude), dice);
        (latitude, longitude) = (Math.Round(latitude, 6), Math.Round(longitude, 6));
        // One machine is not where it was declared.
        var chipLatitude = index == 11 ? latitude + FarAway : latitude;
        return new PlannedMachine(
            $"DEMO-{index + 1:0000}", $"SIM-{index + 1:0000}", isGas ? "gas" : "electric", models[dice.Next(models.Count)], isGas ? 0 : 200 + 50 * dice.Next(7), enterprise,
            words.Sites[dice.Next(words.Sites.Count)], latitude, longitude, chipLatitude);
    }

    private static PlannedWelder AWelder(InventedWords words, int index, int enterprises, HashSet<string> numbers, Random dice) =>
        new(Name(words, dice), Unused(numbers, () => InventedNumbers.Identity(dice)), index % enterprises, Exceptions.GetValueOrDefault(index, Licensed), $"welder{index + 1:00}");

    // Names and numbers tell records apart: nobody may be invented twice.
    private static string Unused(HashSet<string> used, Func<string> invent)
    {
        while (true)
        {
            var made = invent();
            if (used.Add(made)) return made;
        }
    }

    private static string Name(InventedWords words, Random dice) => words.FamilyNames[dice.Next(words.FamilyNames.Count)] + words.GivenNames[dice.Next(words.GivenNames.Count)];
}
