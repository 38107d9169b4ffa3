using System.Net;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Tests.Welding.Sessions;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;

namespace Anlan.Tests.Welding.Profiles;

public sealed class ShowProfileTests
{
    [Fact]
    public async Task Every_point_opens_exactly_the_records_that_were_counted()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, welder, machine) = await AWorldAsync(host);

        var deductions = 0;
        foreach (var address in (string[])[$"enterprises/{works.Value}", $"people/{welder.Value}", $"machines/{machine.Code}"])
        {
            foreach (var dimension in (await host.GetAsync(address + "/profile")).GetProperty("dimensions").EnumerateArray())
            {
                var records = $"{address}/profile/records?size=200&dimension={dimension.GetProperty("key").GetString()}";
                Assert.Equal(dimension.GetProperty("records").GetInt32(), (await host.GetAsync(records)).GetProperty("total").GetInt32());
                foreach (var deduction in dimension.GetProperty("deductions").EnumerateArray())
                {
                    var finding = deduction.GetProperty("finding").GetString();
                    var behind = (await host.GetAsync($"{records}&finding={finding}")).GetProperty("items").EnumerateArray().ToList();
                    Assert.Equal(deduction.GetProperty("count").GetInt32(), behind.Count);
                    Assert.All(behind, record => Assert.Contains(finding, record.GetProperty("findings").EnumerateArray().Select(word => word.GetString())));
                    deductions++;
                }
            }
        }

        Assert.True(deductions >= 12, $"Only {deductions} deductions: the world is too good to show anything.");
    }

    [Fact]
    public async Task Records_come_page_by_page_without_gaps_and_as_a_file()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, _, _) = await AWorldAsync(host);
        var address = $"enterprises/{works.Value}/profile/records?dimension=starts";

        var whole = Keys(await host.GetAsync(address + "&size=200"));
        var paged = new List<string>();
        for (var page = 1; page <= (whole.Count + 1) / 2; page++) paged.AddRange(Keys(await host.GetAsync($"{address}&size=2&page={page}")));
        var lines = await CsvLines.OfAsync(await host.Bureau.GetAsync($"enterprises/{works.Value}/profile/records/export?dimension=starts"));

        Assert.Equal(whole, paged);
        Assert.Equal(whole.Count, whole.Distinct().Count());
        Assert.Equal(whole.Count + 1, lines.Length);
    }

    [Fact]
    public async Task A_dimension_without_records_says_so_and_the_score_is_that_of_the_others()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var shown = await host.GetAsync($"machines/{machine.Code}/profile");

        var scores = shown.GetProperty("dimensions").EnumerateArray().ToDictionary(d => d.GetProperty("key").GetString()!, d => d.GetProperty("score"));
        Assert.Equal(0, scores["machines"].GetDouble());
        Assert.All((string[])["starts", "conduct", "incidents"], key => Assert.Equal(JsonValueKind.Null, scores[key].ValueKind));
        Assert.Equal(0, shown.GetProperty("score").GetDouble());
        Assert.Equal("1", shown.GetProperty("formula").GetString());
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Peers_are_compared_from_five_on_and_not_even_counted_before(int peers, bool isCompared)
    {
        await using var host = await ProfilesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var own = await host.AMachineAsync(works, chip: "CHIP-0");
        for (var i = 1; i <= peers; i++) await host.AMachineAsync(works, chip: i == 1 ? null : $"CHIP-{i}");
        await host.EditAsync(own, m => m.LockReason = "smoke");
        await host.Desk.RunAsync(CancellationToken.None);

        var shown = await host.GetAsync($"machines/{own.Code}/profile");

        var told = shown.GetProperty("peers");
        Assert.Equal(isCompared, told.ValueKind == JsonValueKind.Object);
        if (!isCompared) return;
        // Four without a fault, one without a chip.
        Assert.Equal((5, 80), (told.GetProperty("count").GetInt32(), told.GetProperty("score").GetDouble()));
        Assert.Equal(80, shown.GetProperty("dimensions")[0].GetProperty("ofPeers").GetDouble());
    }

    [Fact]
    public async Task An_enterprise_sees_its_own_profiles_and_no_others_and_a_welder_none_of_the_desks()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, welder, machine) = await AWorldAsync(host);
        var (own, other) = (host.As("safety-manager", works), host.As("safety-manager", host.Neighbours.AnEnterprise()));
        string[] addresses = [$"enterprises/{works.Value}/profile", $"people/{welder.Value}/profile", $"machines/{machine.Code}/profile"];

        foreach (var address in addresses.SelectMany(address => (string[])[address, address + "/records", address + "/records/export"]))
        {
            Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task What_is_kept_is_what_is_shown()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, _, _) = await AWorldAsync(host);
        await host.Desk.RunAsync(CancellationToken.None);

        var shown = (await host.GetAsync($"enterprises/{works.Value}/profile")).GetProperty("score").GetDouble();

        var kept = Assert.Single(await host.ProfilesAsync(), line => line.StartsWith($"{ProfileSubject.Enterprise} {works.Value} ", StringComparison.Ordinal));
        Assert.Equal(shown.ToString(System.Globalization.CultureInfo.InvariantCulture), kept.Split(' ')[3]);
    }

    // One of everything that lowers a score.
    private static async Task<(EnterpriseId Works, PersonId Welder, WeldingMachine Machine)> AWorldAsync(ProfilesHost host)
    {
        var works = host.Neighbours.AnEnterprise();
        var (welder, expired) = (host.Neighbours.AWelder(works, new DateOnly(2040, 4, 1)), host.Neighbours.AWelder(works, new DateOnly(2040, 3, 4)));
        var machine = await host.AMachineAsync(works, chip: "CHIP-1");
        await host.AMachineAsync(works);
        await host.AMachineAsync(works, chip: "CHIP-2");
        host.Neighbours.Hear("CHIP-2", host.Now.AddDays(-8));
        await host.AMachineAsync(works, chip: "CHIP-3");
        host.Neighbours.Hear("CHIP-3", null);
        await host.EditAsync(machine, m => m.LockReason = "smoke");
        await host.AddAsync(
            host.ARefusal(machine, expired, host.Now.AddDays(-1), isUnlicensed: true), host.ARefusal(machine, welder, host.Now.AddDays(-2), isUnlicensed: true), host.ARefusal(machine, welder, host.Now.AddDays(-3), isUnlicensed: false),
            host.ARefusal(machine, welder, host.Now.AddDays(-100), isUnlicensed: true), host.ASession(machine, welder, host.Now.AddDays(-4), revoked: "MachineLocked"), host.ASession(machine, welder, host.Now.AddDays(-5), isConfirmed: false),
            host.ASession(machine, welder, host.Now.AddDays(-6)), host.ASession(machine, welder, host.Now, isOpen: true), host.AnIncident(machine, IncidentKind.Ungranted, host.Now.AddDays(-7)), host.AnIncident(machine, IncidentKind.Tampered, host.Now.AddDays(-8)));
        return (works, welder, machine);
    }

    private static List<string> Keys(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(row => $"{row.GetProperty("kind").GetString()} {row.GetProperty("position").GetInt64()}")];
}
