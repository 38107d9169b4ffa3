using Anlan.Simulator.Sites;

namespace Anlan.Simulator.County;

/// <summary>An invented confined space of an enterprise; number zero is the first enterprise of the plan.</summary>
internal sealed record PlannedSpace(InventedSpace What, int Enterprise, double Latitude, double Longitude, string Access, bool HasNoticeBoard, bool HasResponsible, int ReviewedDaysAgo, bool IsInUse);

/// <summary>The confined spaces of a planned county, the same for the same seed.</summary>
internal static class SpacePlan
{
    // Enough to fill a page where the county is small.
    private const int Least = 6;
    private const int EnterprisesForOne = 20;
    private static readonly string[] Accesses = ["lock", "fence", "net"];

    /// <summary>Plans: the dyeing works has a sewage pool and a manhole, one in twenty of the others some space.</summary>
    public static IReadOnlyList<PlannedSpace> Of(InventedWords words, CountyPlan plan, CountyMap map, int seed)
    {
        var dice = new Random(Seeds.Of(seed, "spaces"));
        var companies = Enumerable.Range(0, plan.Enterprises.Count).Where(index => plan.Enterprises[index].Kind == "company").ToList();
        var dyer = companies.FindIndex(index => plan.Enterprises[index].Name.Contains(words.Dyer, StringComparison.Ordinal));
        var owners = new List<(InventedSpace What, int Enterprise)> { (words.Spaces[0], companies[dyer]), (words.Spaces[1], companies[dyer]) };
        var count = Math.Min(companies.Count, Math.Max(Least, plan.Enterprises.Count / EnterprisesForOne));
        for (var number = 0; number < count; number++)
        {
            var owner = companies[number * companies.Count / count];
            if (owner != companies[dyer]) owners.Add((words.Spaces[number % words.Spaces.Count], owner));
        }

        return [.. owners.Select((owner, number) => ASpace(plan, map, owner.What, owner.Enterprise, number, dice))];
    }

    // Two of them lack something, so that the list shows how that looks.
    private static PlannedSpace ASpace(CountyPlan plan, CountyMap map, InventedSpace what, int enterprise, int number, Random dice)
    {
        var town = plan.Enterprises[enterprise].Town;
        var (latitude, longitude) = map.Near((town.Latitude, town.Longitude), dice);
        var access = number == 3 ? "none" : Accesses[dice.Next(Accesses.Length)];
        return new PlannedSpace(what, enterprise, Math.Round(latitude, 6), Math.Round(longitude, 6), access, number != 3, number != 4, number == 4 ? 400 : 20 + dice.Next(200), number != 5);
    }
}
