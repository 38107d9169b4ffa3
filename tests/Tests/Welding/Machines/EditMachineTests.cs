using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Welding.Machines;

public sealed class EditMachineTests
{
    [Fact]
    public async Task A_corrected_field_shows_at_once_and_the_audit_keeps_both()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);

        var answer = await host.Bureau.PutAsJsonAsync("machines/WJ-0001", MachinesHost.ADeclaration(works) with { Site = "Hall 2", FenceMetres = 50 });

        var shown = (await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/WJ-0001"))).GetProperty("machine");
        var audit = (await host.AuditAsync())[^1];
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("Hall 2", shown.GetProperty("site").GetString());
        Assert.Equal(50, shown.GetProperty("fenceMetres").GetInt32());
        Assert.Equal("welding.machine.edited", audit.Action);
        Assert.Contains("Hall 1", audit.Details, StringComparison.Ordinal);
        Assert.Contains("Hall 2", audit.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fence_left_out_of_an_edit_stays()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await EditAsync(host.Bureau, works, declared => declared with { FenceMetres = 1000 });

        await EditAsync(host.Bureau, works, declared => declared with { Site = "Hall 2" });

        var shown = (await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/WJ-0001"))).GetProperty("machine");
        Assert.Equal(1000, shown.GetProperty("fenceMetres").GetInt32());
    }

    [Fact]
    public async Task Nothing_changed_writes_nothing()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);

        await EditAsync(host.Bureau, works, declared => declared);

        Assert.Single(await host.AuditAsync());
    }

    [Fact]
    public async Task Somebody_elses_newer_edit_is_not_overwritten()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        var seen = (await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/WJ-0001"))).GetProperty("version").GetInt32();
        await EditAsync(host.Bureau, works, declared => declared with { Site = "Hall 2", Version = seen });

        var late = await EditAsync(host.Bureau, works, declared => declared with { Site = "Hall 3", Version = seen });

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(["ChangedMeanwhile"], await MachinesHost.RefusalsAsync(late));
    }

    [Theory]
    [InlineData("site", HttpStatusCode.NoContent)]
    [InlineData("place", HttpStatusCode.Conflict)]
    [InlineData("fence", HttpStatusCode.Conflict)]
    [InlineData("kind", HttpStatusCode.Conflict)]
    [InlineData("user", HttpStatusCode.Conflict)]
    public async Task What_the_interlock_judges_by_stays_still_while_a_session_is_open(string what, HttpStatusCode expected)
    {
        await using var host = await MachinesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.OpenSessionAsync(await host.AMachineAsync(works, chip: "CHIP-1"));

        var answer = await EditAsync(host.Bureau, works, declared => what switch
        {
            "site" => declared with { Site = "Hall 2" },
            "place" => declared with { Latitude = 30.6 },
            "fence" => declared with { FenceMetres = 5000 },
            "kind" => declared with { Kind = "gas", RatedCurrent = null },
            _ => declared with { UserEnterprise = other.Value },
        });

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_closed_owner_does_not_block_a_new_site()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        host.Neighbours.Close(works);

        var answer = await EditAsync(host.Bureau, works, declared => declared with { OwnerEnterprise = works.Value, Site = "Store" });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_safety_manager_neither_edits_others_machines_nor_gives_the_own_away()
    {
        await using var host = await MachinesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.AMachineAsync(own);
        await host.AMachineAsync(other, "WJ-0002");
        var manager = host.As("safety-manager", own);

        var foreign = await manager.PutAsJsonAsync("machines/WJ-0002", MachinesHost.ADeclaration(other));
        var given = await EditAsync(manager, own, declared => declared with { UserEnterprise = other.Value });

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(["userEnterprise:EnterpriseNotOwn"], await MachinesHost.RefusalsAsync(given));
    }

    private static Task<HttpResponseMessage> EditAsync(HttpClient client, EnterpriseId user, Func<MachinesHost.Declared, MachinesHost.Declared> change) =>
        client.PutAsJsonAsync("machines/WJ-0001", change(MachinesHost.ADeclaration(user)));
}
