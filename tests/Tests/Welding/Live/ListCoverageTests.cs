using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Tests.Welding.Machines;

namespace Anlan.Tests.Welding.Live;

public sealed class ListCoverageTests
{
    [Fact]
    public async Task Each_enterprise_town_and_county_tells_what_is_missing_the_least_covered_first()
    {
        await using var host = await MachinesHost.StartAsync();
        var (works, yard) = (host.Neighbours.AnEnterprise("Works"), host.Neighbours.AnEnterprise("Yard"));
        await host.AMachineAsync(works, chip: "CHIP-1");
        await host.AMachineAsync(works, "WJ-0002");
        await host.AMachineAsync(works, "WJ-0003");
        await host.AMachineAsync(yard, "WJ-0004", "CHIP-4");
        await host.Bureau.PostAsJsonAsync("machines/WJ-0003/scrap", new { reason = "old" });

        var enterprises = await RowsAsync(host, "enterprise&sort=-machines");
        var towns = await RowsAsync(host, "town");
        var counties = await RowsAsync(host, "county");
        var file = await host.Bureau.GetStringAsync("welding/coverage/parts/export?by=town");

        Assert.Equal([("Works", 2, 1, 0), ("Yard", 1, 1, 0)], enterprises.Select(Figures));
        Assert.Equal("""{"installed":1,"unfitted":1}""", string.Concat(enterprises[0].GetProperty("missing").EnumerateObject().OrderBy(p => p.Name).Select((p, i) => $"{(i == 0 ? "{" : ",")}\"{p.Name.ToLowerInvariant()}\":{p.Value}")) + "}");
        Assert.Equal(("Elmbridge", 3, 2, 0), Figures(Assert.Single(towns)));
        Assert.Equal(("Elm", 3, 2, 0), Figures(Assert.Single(counties)));
        Assert.Contains("Elmbridge,3,2,0,0.0", file, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(host, "town", host.As("safety-manager", host.Neighbours.AnEnterprise())));
    }

    private static async Task<List<JsonElement>> RowsAsync(MachinesHost host, string by, HttpClient? reader = null) =>
        [.. (await (reader ?? host.Bureau).GetFromJsonAsync<JsonElement>($"welding/coverage/parts?by={by}")).GetProperty("items").EnumerateArray()];

    private static (string? Name, int Machines, int Chipped, int Active) Figures(JsonElement row) =>
        (row.GetProperty("name").GetString(), row.GetProperty("machines").GetInt32(), row.GetProperty("chipped").GetInt32(), row.GetProperty("active").GetInt32());
}
