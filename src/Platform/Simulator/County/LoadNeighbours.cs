using System.Text.Json.Nodes;
using Anlan.Simulator.Sites;

namespace Anlan.Simulator.County;

/// <summary>Enters some enterprises outside the demo county, each with a machine that waits for its chip.</summary>
internal sealed class LoadNeighbours(CountyOffice office, InventedWords words)
{
    private const int CountyDigits = 6;

    /// <param name="neighbours">The enterprises.</param>
    /// <param name="divisions">Codes and names of the city's divisions.</param>
    /// <param name="mapFile">Outlines of the counties, or null.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="stop">Stops.</param>
    public async Task RunAsync(IReadOnlyList<PlannedNeighbour> neighbours, IReadOnlyList<(string Code, string Name)> divisions, string? mapFile, int seed, CancellationToken stop)
    {
        if (mapFile is null) return;
        var dice = new Random(Seeds.Of(seed, "neighbours"));
        for (var index = 0; index < neighbours.Count; index++)
        {
            var neighbour = neighbours[index];
            var county = divisions.First(division => division.Code == neighbour.Division[..CountyDigits]).Name;
            var (latitude, longitude) = CountyMap.Read(mapFile, county).Centres(1, dice)[0];
            var enterprise = LoadCounty.IdOf(await office.PostAsync("enterprises", new JsonObject
            {
                ["name"] = neighbour.Name,
                ["creditCode"] = InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace),
                ["division"] = neighbour.Division,
                ["kind"] = "company",
            }, stop));
            await office.PostAsync("machines", new JsonObject
            {
                ["code"] = $"DEMO-9{index + 1:000}",
                ["kind"] = "electric",
                ["model"] = words.ElectricModels[0],
                ["ratedCurrent"] = 400,
                ["userEnterprise"] = enterprise.ToString(),
                ["division"] = neighbour.Division,
                ["site"] = words.Sites[index % words.Sites.Count],
                ["latitude"] = Math.Round(latitude, 6),
                ["longitude"] = Math.Round(longitude, 6),
                ["datum"] = "wgs84",
            }, stop);
        }
    }
}
