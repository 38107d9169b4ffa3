using System.Globalization;
using System.Net;
using System.Text.Json;
using Anlan.Tests.Welding.Profiles;
using Anlan.Tests.Welding.Sessions;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Problems;

public sealed class ShowProblemsTests
{
    private const string Elmbridge = "990521001";
    private const string Ashford = "990521002";

    [Fact]
    public async Task Each_figure_is_a_count_over_the_records_of_its_town_and_month_and_its_list_shows_them()
    {
        await using var host = await ProfilesHost.StartAsync();
        var dice = new Random(7);
        var works = host.Neighbours.AnEnterprise();
        WeldingMachine[] machines = [await host.AMachineAsync(works), await host.AMachineAsync(works, Ashford)];
        var refusals = Enumerable.Range(0, 40).Select(_ => host.ARefusal(machines[dice.Next(2)], null, host.Now.AddHours(-dice.Next(24 * 100)), isUnlicensed: dice.Next(2) == 0)).ToList();
        var incidents = Enumerable.Range(0, 30).Select(_ => host.AnIncident(machines[dice.Next(2)], dice.Next(2) == 0 ? IncidentKind.Ungranted : IncidentKind.Tampered, host.Now.AddHours(-dice.Next(24 * 100)))).ToList();
        // The first and the last moment of a month in the city.
        refusals.AddRange(new[] { "2040-01-31T15:59:59Z", "2040-01-31T16:00:00Z" }.Select(at => host.ARefusal(machines[0], null, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), isUnlicensed: true)));
        await host.AddAsync([.. refusals, .. incidents]);

        foreach (var (month, town) in new[] { "2039-12", "2040-01", "2040-02", "2040-03" }.SelectMany(month => new[] { Elmbridge, Ashford }.Select(town => (month, town))))
        {
            var blocked = refusals.Count(r => r.IsUnlicensed && r.Division!.Value.Value == town && MonthOf(r.At) == month);
            var ungranted = incidents.Count(i => i.Kind == IncidentKind.Ungranted && i.Division!.Value.Value == town && MonthOf(i.At) == month);
            Assert.Equal((blocked, ungranted), (await FigureAsync(host, "unlicensed", month, town), await FigureAsync(host, "ungranted", month, town)));
            Assert.Equal((blocked, ungranted), (await ListedAsync(host, "unlicensed", month, town), await ListedAsync(host, "ungranted", month, town)));
        }
    }

    [Fact]
    public async Task A_deleted_row_changes_the_figure()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise());
        var refusals = Enumerable.Range(0, 3).Select(_ => host.ARefusal(machine, null, host.Now, isUnlicensed: true)).ToList();
        await host.AddAsync([.. refusals, host.AnIncident(machine, IncidentKind.Ungranted, host.Now)]);
        var before = (await FigureAsync(host, "unlicensed", "2040-03", Elmbridge), await FigureAsync(host, "ungranted", "2040-03", Elmbridge), await FigureAsync(host, "unchipped", "2040-03", Elmbridge));

        await host.SaveAsync(db => db.Remove(refusals[0]));
        await host.ReadAsync(db => db.Set<MachineIncident>().ExecuteDeleteAsync());
        await host.SaveAsync(db => db.Remove(machine));

        Assert.Equal((3, 1, 1), before);
        Assert.Equal((2, 0, 0), (await FigureAsync(host, "unlicensed", "2040-03", Elmbridge), await FigureAsync(host, "ungranted", "2040-03", Elmbridge), await FigureAsync(host, "unchipped", "2040-03", Elmbridge)));
    }

    [Fact]
    public async Task Out_of_hand_is_who_has_no_enterprise_no_chip_no_welder_or_no_connection()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, closed, lonely) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        host.Neighbours.AWelder(works);
        host.Neighbours.AWelder(closed);
        host.Neighbours.AWelder(lonely, expiresOn: new DateOnly(2040, 3, 4));
        host.Neighbours.Close(closed);
        var good = await host.AMachineAsync(works, chip: "CHIP-1");
        var orphan = await host.AMachineAsync(closed, chip: "CHIP-2");
        var bare = await host.AMachineAsync(works);
        var mute = await host.AMachineAsync(works, chip: "CHIP-3");
        host.Neighbours.Hear("CHIP-3", null);
        var unmanned = await host.AMachineAsync(lonely, chip: "CHIP-4");
        var away = await host.AMachineAsync(works, chip: "CHIP-5");
        host.Neighbours.Hear("CHIP-5", host.Now.AddDays(-7).AddSeconds(-1));
        var lately = await host.AMachineAsync(works, chip: "CHIP-6");
        host.Neighbours.Hear("CHIP-6", host.Now.AddDays(-7));
        host.Neighbours.Hear("CHIP-LOOSE", host.Now, isOnline: true);
        var scrapped = await host.AMachineAsync(works);
        await host.EditAsync(scrapped, m => m.ScrapReason = "worn out");

        Assert.Equal([orphan.Code, "CHIP-LOOSE"], await CodesAsync(host, "unregistered"));
        Assert.Equal([bare.Code, mute.Code], await CodesAsync(host, "unchipped"));
        Assert.Equal([unmanned.Code], await CodesAsync(host, "unbound"));
        Assert.Equal([away.Code], await CodesAsync(host, "offlineLong"));
        Assert.DoesNotContain(good.Code, await CodesAsync(host, "unregistered"));
        Assert.DoesNotContain(lately.Code, await CodesAsync(host, "offlineLong"));
    }

    [Fact]
    public async Task A_month_that_ended_is_written_down_once_and_one_that_nobody_saw_has_no_figure()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise(), registeredAt: host.Now.AddDays(-20));
        await host.AMachineAsync(host.Neighbours.AnEnterprise(), registeredAt: host.Now.AddDays(-20), chip: "CHIP-1");
        var unseen = await FigureAsync(host, "unchipped", "2040-02", null);

        var first = await TurnAsync(host);
        var again = await TurnAsync(host);
        await host.EditAsync(machine, m => m.ChipSerial = "CHIP-2");
        host.Neighbours.Hear("CHIP-2", host.Now, isOnline: true);

        Assert.Null(unseen);
        // Two machines without a welder, one of them without a chip.
        Assert.Equal((3, 0), (first, again));
        Assert.Equal((1, 0), (await FigureAsync(host, "unchipped", "2040-02", Elmbridge), await FigureAsync(host, "unchipped", "2040-03", null)));
        Assert.Equal([machine.Code], await CodesAsync(host, "unchipped", "2040-02"));
        Assert.Null(await FigureAsync(host, "unchipped", "2040-01", null));
    }

    [Fact]
    public async Task One_problem_over_the_months_shows_the_same_figures_as_each_month()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise());
        await host.AddAsync(host.ARefusal(machine, null, host.Now, true), host.ARefusal(machine, null, host.Now.AddDays(-10), true), host.ARefusal(machine, null, host.Now.AddDays(-12), true));

        var shown = await host.GetAsync("welding/problems?kind=unlicensed");

        var cells = shown.GetProperty("towns")[0].GetProperty("cells").EnumerateArray().ToDictionary(cell => cell.GetProperty("month").GetString()!, cell => cell.GetProperty("count").GetInt32());
        Assert.Equal((2, 1, 0), (cells["2040-02"], cells["2040-03"], cells["2040-01"]));
        Assert.Equal("Elmbridge", shown.GetProperty("towns")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_enterprise_counts_its_own_machines_only_and_files_say_what_the_page_says()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.AMachineAsync(own);
        await host.AMachineAsync(other);
        host.Neighbours.Hear("CHIP-LOOSE", host.Now, isOnline: true);
        var safety = host.As("safety-manager", own);
        safety.DefaultRequestHeaders.Add("Accept-Language", "en");

        var table = await CsvLines.OfAsync(await safety.GetAsync("welding/problems/export"));
        var cases = await CsvLines.OfAsync(await safety.GetAsync("welding/problems/cases/export?kind=unchipped"));

        Assert.Equal("Elmbridge,0,1,1,0,0,0", table[1]);
        Assert.Equal("All towns,0,1,1,0,0,0", table[^1]);
        Assert.Equal(["WJ-0001"], cases.Skip(1).Select(line => line[..7]));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync("welding/problems")).StatusCode);
    }

    [Theory]
    [InlineData("month=2040-13")]
    [InlineData("month=yesterday")]
    [InlineData("kind=nonsense")]
    public async Task What_is_no_month_and_no_problem_is_refused(string query)
    {
        await using var host = await ProfilesHost.StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Bureau.GetAsync("welding/problems?" + query)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Bureau.GetAsync("welding/problems/cases?" + query)).StatusCode);
    }

    private static string MonthOf(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Task<int> TurnAsync(ProfilesHost host) => ActivatorUtilities.CreateInstance<MonthTurn>(host.Services).RunAsync(new DateOnly(2040, 3, 5), CancellationToken.None);

    private static async Task<int?> FigureAsync(ProfilesHost host, string kind, string month, string? town)
    {
        var shown = await host.GetAsync($"welding/problems?month={month}");
        var cells = town is null ? shown.GetProperty("columns")
            : shown.GetProperty("towns").EnumerateArray().Where(row => row.GetProperty("division").GetString() == town).Select(row => row.GetProperty("cells")).FirstOrDefault();
        if (cells.ValueKind != JsonValueKind.Array) return 0;
        var count = cells.EnumerateArray().Single(cell => cell.GetProperty("kind").GetString() == kind).GetProperty("count");
        return count.ValueKind == JsonValueKind.Null ? null : count.GetInt32();
    }

    private static async Task<int> ListedAsync(ProfilesHost host, string kind, string month, string town) => (await host.GetAsync($"welding/problems/cases?kind={kind}&month={month}&division={town}")).GetProperty("total").GetInt32();

    private static async Task<string?[]> CodesAsync(ProfilesHost host, string kind, string? month = null) =>
        [.. (await host.GetAsync($"welding/problems/cases?kind={kind}&month={month}")).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("machine").GetString() ?? row.GetProperty("chip").GetString())];
}
