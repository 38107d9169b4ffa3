using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Platform.Host.Privacy.Access;

public sealed class ListAccessTests
{
    [Fact]
    public async Task A_page_of_a_list_is_one_record_that_tells_whom_it_showed()
    {
        await using var host = await RegistryHost.StartAsync();
        var people = new List<Guid>();
        for (var i = 0; i < 5; i++) people.Add(await host.APersonAsync());

        await host.Bureau.GetAsync("people");

        var look = Assert.Single(await host.LooksAsync());
        Assert.Equal(("enterprises.people", 5, false), (look.View, look.People, look.IsUnmasked));
        Assert.Equal(people.Order(), (await host.SeenAsync(look.Id)).Order());
    }

    [Fact]
    public async Task The_same_people_seen_again_within_five_minutes_count_once_but_not_later_and_never_in_an_export()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        await host.Bureau.GetAsync($"people/{person}");
        await host.Bureau.GetAsync($"people/{person}");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Bureau.GetAsync($"people/{person}");
        await host.Bureau.GetAsync("people/export");
        await host.Bureau.GetAsync("people/export");

        Assert.Equal(["enterprises.people.export", "enterprises.people.export", "enterprises.person", "enterprises.person"], (await host.LooksAsync()).Select(look => look.View).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Looks_are_found_by_viewer_by_person_by_day_and_by_what_was_shown()
    {
        await using var host = await RegistryHost.StartAsync();
        var (one, other) = (await host.APersonAsync(identityNumber: "990000198506151232"), await host.APersonAsync());
        await host.Bureau.GetAsync($"people/{one}");
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Bureau.GetAsync($"people/{other}");
        await host.Bureau.PostAsJsonAsync($"people/{other}/reveal", new { reason = "card", fields = new[] { "phone" } });

        Assert.Equal([one], await SeenAsync(host, "search=990000198506151232"));
        Assert.Equal([other, other], await SeenAsync(host, $"person={other}"));
        Assert.Equal([one], await SeenAsync(host, "day=2026-01-05"));
        Assert.Equal([other], await SeenAsync(host, "unmasked=true"));
        Assert.Empty(await SeenAsync(host, "search=somebody-else"));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As(RoleNames.CityBureau).GetAsync("access")).StatusCode);
    }

    [Fact]
    public async Task The_file_tells_every_look_and_taking_it_is_on_record()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        await host.Bureau.GetAsync($"people/{person}");

        var file = await (await host.As(RoleNames.AuditAdministrator).GetAsync("access/export")).Content.ReadAsStringAsync();

        Assert.Contains(person.ToString(), file, StringComparison.Ordinal);
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "privacy.access.exported");
    }

    [Fact]
    public async Task A_task_on_the_desk_that_names_somebody_is_a_look_too()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, works) = (await host.APersonAsync(), await host.AnEnterpriseAsync());
        await host.AnEmploymentAsync(person, works, kind: "temporary", to: host.Today.AddDays(3));

        await host.Bureau.GetAsync("desk");

        var look = Assert.Single(await host.LooksAsync());
        Assert.Equal(("desk.tasks", false), (look.View, look.IsUnmasked));
        Assert.Equal([person], await host.SeenAsync(look.Id));
    }

    private static async Task<IReadOnlyList<Guid>> SeenAsync(RegistryHost host, string query)
    {
        var rows = await host.As(RoleNames.AuditAdministrator).GetFromJsonAsync<JsonElement>($"access?{query}");
        return [.. rows.GetProperty("items").EnumerateArray().SelectMany(row => row.GetProperty("named").EnumerateArray()).Select(named => named.GetProperty("person").GetGuid())];
    }
}
