using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Tests.Platform.Toolkit.Access;

namespace Anlan.Tests.Platform.Host.Desk.Views;

/// <summary>Views of lists belong to whoever kept them; colleagues of the same organ or enterprise see those that are lent, and nobody else any.</summary>
public sealed class KeepViewTests
{
    [Fact]
    public async Task Views_are_kept_lent_to_colleagues_only_and_changed_by_their_owner_only()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var own = await PlantedWorld.PlantAsync(server, chief, "ownside", "330521001", hasOrgans: true);
        using var county = await server.SignInAsync(own.UserName("county"));
        using var fitter = await server.SignInAsync(own.UserName("fitter"));
        using var station = await server.SignInAsync(own.UserName("station"));
        using var safety = await server.SignInAsync(own.UserName("safety"));

        var lent = await KeepAsync(county, new { list = "/certificates", name = "  Town one ", query = "?division=330521001", isShared = true, isDefault = true });
        await KeepAsync(county, new { list = "/certificates", name = "Closed", query = "closed=true" });
        await KeepAsync(county, new { list = "/people", name = "Town one", query = "search=x" });

        Assert.Equal([("Closed", true, false), ("Town one", true, true)], await ViewsAsync(county, "/certificates"));
        // The installer stands for the same county bureau.
        Assert.Equal([("Town one", false, false)], (await ViewsAsync(fitter, "/certificates")).Where(view => view.Name == "Town one"));
        Assert.DoesNotContain(await ViewsAsync(station, "/certificates"), view => view.Name == "Town one");
        Assert.DoesNotContain(await ViewsAsync(safety, "/certificates"), view => view.Name == "Town one");
        Assert.Equal(HttpStatusCode.NotFound, (await fitter.PutAsJsonAsync($"/api/v1/views/{lent}", new { name = "Mine now", isShared = false, isDefault = false })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await fitter.DeleteAsync($"/api/v1/views/{lent}")).StatusCode);

        (await county.PutAsJsonAsync($"/api/v1/views/{lent}", new { name = "Town two", isShared = false, isDefault = true })).EnsureSuccessStatusCode();
        Assert.DoesNotContain(await ViewsAsync(fitter, "/certificates"), view => !view.IsOwn && view.Name is "Town one" or "Town two");
        (await county.DeleteAsync($"/api/v1/views/{lent}")).EnsureSuccessStatusCode();
        Assert.Equal([("Closed", true, false)], await ViewsAsync(county, "/certificates"));
    }

    [Fact]
    public async Task A_list_has_one_default_and_it_is_the_last_one_chosen()
    {
        await using var server = await ScopedServer.StartAsync();
        using var _ = await server.SetUpAsync();
        using var system = await server.SignInAsync("system");

        var first = await KeepAsync(system, new { list = "/enterprises", name = "First", query = "search=a", isDefault = true });
        await KeepAsync(system, new { list = "/enterprises", name = "Second", query = "search=b", isDefault = true });
        await KeepAsync(system, new { list = "/people", name = "Elsewhere", query = "search=b", isDefault = true });

        Assert.Equal([("First", true, false), ("Second", true, true)], await ViewsAsync(system, "/enterprises"));
        (await system.PutAsJsonAsync($"/api/v1/views/{first}", new { name = "First", isShared = false, isDefault = true })).EnsureSuccessStatusCode();
        Assert.Equal([("First", true, true), ("Second", true, false)], await ViewsAsync(system, "/enterprises"));
        Assert.Equal([("Elsewhere", true, true)], await ViewsAsync(system, "/people"));
    }

    [Theory]
    [InlineData("/enterprises", "", "search=a", false, "ViewNameMissing")]
    [InlineData("/enterprises", "A name that goes on and on for more than forty letters", "search=a", false, "ViewNameTooLong")]
    [InlineData("https://elsewhere.example/", "Trap", "search=a", false, "ViewOfNoList")]
    [InlineData("//elsewhere.example", "Trap", "search=a", false, "ViewOfNoList")]
    [InlineData(null, "Nothing", "search=a", false, "ViewOfNoList")]
    [InlineData("/enterprises", "Lonely", "search=a", true, "ViewWithoutColleagues")]
    [InlineData("/enterprises", "Taken", "search=a", false, "ViewNameTaken")]
    public async Task What_is_no_view_is_refused_and_nothing_is_kept(string? list, string name, string query, bool isShared, string code)
    {
        await using var server = await ScopedServer.StartAsync();
        using var _ = await server.SetUpAsync();
        using var system = await server.SignInAsync("system");
        await KeepAsync(system, new { list = "/enterprises", name = "Taken", query = "search=z" });

        var answer = await system.PostAsJsonAsync("/api/v1/views", new { list, name, query, isShared });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("refusals")[0].GetProperty("code").GetString());
        Assert.Single(await ViewsAsync(system, "/enterprises"));
    }

    private static async Task<Guid> KeepAsync(HttpClient browser, object view)
    {
        var answer = await browser.PostAsJsonAsync("/api/v1/views", view);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
    }

    private static async Task<IReadOnlyList<(string Name, bool IsOwn, bool IsDefault)>> ViewsAsync(HttpClient browser, string list)
    {
        var rows = JsonDocument.Parse(await browser.GetStringAsync($"/api/v1/views?list={Uri.EscapeDataString(list)}")).RootElement;
        return [.. rows.EnumerateArray().Select(row => (row.GetProperty("name").GetString()!, row.GetProperty("isOwn").GetBoolean(), row.GetProperty("isDefault").GetBoolean()))];
    }
}
