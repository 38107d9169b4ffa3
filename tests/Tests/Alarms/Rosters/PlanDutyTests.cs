using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Tests.Platform.Toolkit.Access;

namespace Anlan.Tests.Alarms.Rosters;

/// <summary>Planning over the real doors: each office for itself, an organ's also by those above it.</summary>
public sealed class PlanDutyTests
{
    [Fact]
    public async Task An_office_plans_its_own_people_and_nobody_elses_and_those_above_an_organ_plan_for_it()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var world = await PlantedWorld.PlantAsync(server, chief, "planned", "330521001", hasOrgans: true);
        using var safety = await server.SignInAsync(world.UserName("safety"));
        using var station = await server.SignInAsync(world.UserName("station"));
        using var county = await server.SignInAsync(world.UserName("county"));
        var (ofSafety, ofStation, ofCounty) = (await AccountAsync(safety), await AccountAsync(station), await AccountAsync(county));

        Assert.Equal(HttpStatusCode.OK, (await ShiftAsync(safety, ofSafety)).StatusCode);
        var own = await ShiftAsync(station, ofStation);
        var id = (await own.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await ShiftAsync(county, ofStation)).StatusCode);
        // Not those above oneself, and not another's enterprise although it lies in one's town.
        Assert.Equal(["account"], await FieldsAsync(await ShiftAsync(station, ofCounty)));
        Assert.Equal(["account"], await FieldsAsync(await ShiftAsync(station, ofSafety)));
        Assert.Equal(["account"], await FieldsAsync(await ShiftAsync(safety, ofStation)));
        // Told by name, within one's scope: the station sees the plan of the works, the works not the station's.
        Assert.Equal((4, 2), ((await ListAsync(station)).GetProperty("total").GetInt32(), (await ListAsync(safety)).GetProperty("total").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await safety.DeleteAsync($"/api/v1/alarms/duty/shifts/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await county.DeleteAsync($"/api/v1/alarms/duty/shifts/{id}")).StatusCode);
        var works = (await ListAsync(safety)).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Conflict, (await station.DeleteAsync($"/api/v1/alarms/duty/shifts/{works}")).StatusCode);
        var week = await safety.GetFromJsonAsync<JsonElement>("/api/v1/alarms/duty/week");
        Assert.Equal(7, week.GetArrayLength());
        Assert.All(week.EnumerateArray(), day => Assert.NotEqual(0, day.GetProperty("turns").GetArrayLength()));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_field_and_nothing_is_kept()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var world = await PlantedWorld.PlantAsync(server, chief, "planned", "330521001", hasOrgans: true);
        using var safety = await server.SignInAsync(world.UserName("safety"));
        var before = (await ListAsync(safety)).GetProperty("total").GetInt32();

        Assert.Equal(["account", "from", "to", "lastDay"], await FieldsAsync(await safety.PostAsJsonAsync("/api/v1/alarms/duty/shifts", new { days = "every", firstDay = "2026-05-04", lastDay = "2026-05-03" })));
        Assert.Equal(["substitute", "lastDay"], await FieldsAsync(await safety.PostAsJsonAsync("/api/v1/alarms/duty/leaves", new { account = await AccountAsync(safety), substitute = await AccountAsync(safety), firstDay = "2026-05-04" })));
        Assert.Equal(["name", "webhook"], await FieldsAsync(await safety.PostAsJsonAsync("/api/v1/alarms/robots", new { name = "a\u0000b", webhook = "https://oapi.dingtalk.com/robot/send", secret = "x", from = "severe" })));
        Assert.Equal(["webhook"], await FieldsAsync(await safety.PostAsJsonAsync("/api/v1/alarms/robots", new { name = "group", webhook = "https://127.0.0.1/robot/send?access_token=t", secret = "x", from = "severe" })));
        Assert.Equal(before, (await ListAsync(safety)).GetProperty("total").GetInt32());
    }

    private static Task<HttpResponseMessage> ShiftAsync(HttpClient desk, Guid account) => desk.PostAsJsonAsync("/api/v1/alarms/duty/shifts", new { account, days = "every", from = "08:00:00", to = "20:00:00" });

    private static Task<JsonElement> ListAsync(HttpClient desk) => desk.GetFromJsonAsync<JsonElement>("/api/v1/alarms/duty/shifts");

    private static async Task<IReadOnlyList<string?>> FieldsAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("field").GetString())];
    }

    private static async Task<Guid> AccountAsync(HttpClient desk) => (await desk.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("account").GetGuid();
}
