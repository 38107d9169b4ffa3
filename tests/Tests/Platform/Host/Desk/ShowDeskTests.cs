using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Simulator.County;
using Anlan.Tests.Platform.Toolkit.Access;

namespace Anlan.Tests.Platform.Host.Desk;

/// <summary>Everybody's desk shows what waits for them and nobody else, the overdue first.</summary>
public sealed class ShowDeskTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);

    [Fact]
    public async Task The_overdue_comes_first_and_only_the_own_enterprises_things_come_at_all()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var own = await PlantedWorld.PlantAsync(server, chief, "ownside", "330521001", hasOrgans: true);
        await RefuseClaimsAsync(chief);
        var next = await PlantedWorld.PlantAsync(server, chief, "nextdoor", "330521001", hasOrgans: false);
        var dice = new Random(1);
        await AWelderAsync(chief, dice, own.Enterprise, "Late One", Today.AddDays(-3));
        await AWelderAsync(chief, dice, own.Enterprise, "Soon One", Today.AddDays(6));
        await AWelderAsync(chief, dice, own.Enterprise, "Safe One", Today.AddDays(900));
        await AWelderAsync(chief, dice, next.Enterprise, "Foreign One", Today.AddDays(-9));
        await AMachineAsync(chief, own, "WJ-BARE-1");
        using var safety = await server.SignInAsync(own.UserName("safety"));
        using var fitter = await server.SignInAsync(own.UserName("fitter"));
        using var welder = await server.SignInAsync(own.UserName("welder"));

        var desk = await DeskAsync(safety);
        var fitters = await DeskAsync(fitter);

        var certificates = desk.Items.Where(item => !IsOfAlarms(item)).ToList();
        Assert.Equal(["overdue", "week"], certificates.Select(item => item.GetProperty("group").GetString()));
        Assert.Equal([Text(Today.AddDays(-3)), Text(Today.AddDays(6))], certificates.Select(item => item.GetProperty("due").GetString()));
        Assert.All(certificates, item => Assert.NotNull(item.GetProperty("rule").GetString()));
        // Beside them an alarm that nobody took over and a suggestion, both for now.
        Assert.Equal((3, 4), (desk.First, desk.All));
        Assert.Equal(2, desk.Items.Count(IsOfAlarms));
        Assert.Contains(fitters.Items, item => item.GetProperty("what").GetString()!.Contains("WJ-BARE-1", StringComparison.Ordinal));
        Assert.DoesNotContain(desk.Items, item => item.GetProperty("what").GetString()!.Contains("WJ-BARE-1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await welder.GetAsync("/api/v1/desk")).StatusCode);
    }

    [Fact]
    public async Task A_renewed_certificate_and_an_ended_employment_leave_the_desk()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var own = await PlantedWorld.PlantAsync(server, chief, "ownside", "330521001", hasOrgans: true);
        await RefuseClaimsAsync(chief);
        var dice = new Random(1);
        var renewed = await AWelderAsync(chief, dice, own.Enterprise, "Renewed One", Today.AddDays(-3));
        await AWelderAsync(chief, dice, own.Enterprise, "Leaving One", Today.AddDays(-3), until: Today.AddDays(4));
        using var safety = await server.SignInAsync(own.UserName("safety"));
        Assert.Equal(5, (await DeskAsync(safety)).All);

        await ACertificateAsync(chief, renewed, "T0000000099", Today.AddDays(1_000));

        var desk = await DeskAsync(safety);
        Assert.Equal(4, desk.All);
        Assert.Single((await DeskAsync(safety, $"?on={Text(Today.AddDays(4))}")).Items);
        Assert.Empty((await DeskAsync(safety, "?search=nobody-has-this-name")).Items);
    }

    private static bool IsOfAlarms(JsonElement item) => item.GetProperty("href").GetString()!.StartsWith("/alarms", StringComparison.Ordinal);

    [Fact]
    public async Task Many_of_a_kind_are_one_line_that_leads_to_their_list()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var own = await PlantedWorld.PlantAsync(server, chief, "ownside", "330521001", hasOrgans: true);
        await RefuseClaimsAsync(chief);
        for (var number = 1; number <= 5; number++) await AMachineAsync(chief, own, $"WJ-BARE-{number}");
        using var fitter = await server.SignInAsync(own.UserName("fitter"));

        var waiting = Assert.Single((await DeskAsync(fitter)).Items);

        Assert.Contains("6", waiting.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Equal("/welding/machines?state=Registered", waiting.GetProperty("href").GetString());
    }

    private static async Task<(List<JsonElement> Items, int First, int All)> DeskAsync(HttpClient reader, string query = "")
    {
        var desk = await reader.GetFromJsonAsync<JsonElement>("/api/v1/desk" + query);
        return ([.. desk.GetProperty("items").EnumerateArray()], desk.GetProperty("first").GetInt32(), desk.GetProperty("all").GetInt32());
    }

    // A world comes with a claim that waits for its safety manager.
    private static async Task RefuseClaimsAsync(HttpClient chief)
    {
        foreach (var claim in (await chief.GetFromJsonAsync<JsonElement>("/api/v1/certificate-claims")).GetProperty("items").EnumerateArray())
        {
            (await chief.PostAsJsonAsync($"/api/v1/certificate-claims/{claim.GetProperty("id").GetGuid()}/refuse", new { reason = "not about this" })).EnsureSuccessStatusCode();
        }
    }

    private static async Task<Guid> AWelderAsync(HttpClient chief, Random dice, Guid enterprise, string name, DateOnly expiresOn, DateOnly? until = null)
    {
        var person = await IdAsync(chief, "people", new { name, identityNumber = InventedNumbers.Identity(dice), phone = "13900000000" });
        await IdAsync(chief, "employments", new { person, enterprise, kind = until is null ? "permanent" : "temporary", from = Text(Today.AddDays(-30)), to = until is { } last ? Text(last) : null });
        await ACertificateAsync(chief, person, $"T{dice.Next():D10}", expiresOn);
        return person;
    }

    private static Task<Guid> ACertificateAsync(HttpClient chief, Guid person, string number, DateOnly expiresOn) =>
        IdAsync(chief, "certificates", new { person, number, category = "welding", subItem = "fusion", issuedOn = Text(expiresOn.AddYears(-1) is var issued && issued < Today ? issued : Today), expiresOn = Text(expiresOn), reviewDueOn = (string?)null });

    private static Task<Guid> AMachineAsync(HttpClient chief, PlantedWorld world, string code) =>
        IdAsync(chief, "machines", new { code, kind = "electric", model = "M", ratedCurrent = 400, userEnterprise = world.Enterprise, division = world.Town, site = "hall", latitude = 30.5, longitude = 120.0, datum = "wgs84" });

    private static async Task<Guid> IdAsync(HttpClient chief, string path, object body)
    {
        var answer = await chief.PostAsJsonAsync("/api/v1/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
