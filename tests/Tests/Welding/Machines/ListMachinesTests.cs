using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Devices;

namespace Anlan.Tests.Welding.Machines;

public sealed class ListMachinesTests
{
    private static readonly DateTimeOffset Now = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("wj-0002", "WJ-0002")]
    [InlineData("zx7", "WJ-0001,WJ-0002,WJ-0003")]
    [InlineData("yard", "WJ-0003")]
    [InlineData("boiler", "WJ-0003")]
    [InlineData("CHIP-2", "WJ-0002")]
    [InlineData("nothing", "")]
    public async Task A_machine_is_found_by_what_people_know_of_it(string search, string codes)
    {
        await using var host = await ThreeMachinesAsync();

        var list = await MachinesHost.JsonAsync(await host.Bureau.GetAsync($"machines?search={search}"));

        Assert.Equal(codes, CodesOf(list));
    }

    [Theory]
    [InlineData("registered", "WJ-0001,WJ-0003")]
    [InlineData("running", "WJ-0002")]
    [InlineData("offline", "")]
    public async Task The_filter_goes_by_the_state_of_this_moment(string state, string codes)
    {
        await using var host = await ThreeMachinesAsync();
        host.Neighbours.SetState("CHIP-2", DeviceState.Unknown with { IsOnline = true, LastSeen = Now, RelayClosed = true });

        var list = await MachinesHost.JsonAsync(await host.Bureau.GetAsync($"machines?state={state}"));

        Assert.Equal(codes, CodesOf(list));
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("3")]
    public async Task A_state_that_does_not_exist_is_refused(string state)
    {
        await using var host = await MachinesHost.StartAsync();

        var answer = await host.Bureau.GetAsync($"machines?state={state}");

        Assert.Equal(["state:WordInvalid"], await MachinesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_row_shows_the_live_state_beside_the_declared_facts()
    {
        await using var host = await ThreeMachinesAsync();
        host.Neighbours.SetState("CHIP-2", DeviceState.Unknown with { LastSeen = Now });

        var row = (await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines?search=CHIP-2"))).GetProperty("items")[0];

        Assert.Equal("offline", row.GetProperty("state").GetString());
        Assert.Equal("electric", row.GetProperty("kind").GetString());
        Assert.Equal("Elmbridge", row.GetProperty("divisionName").GetString());
        Assert.Equal(Now, row.GetProperty("lastSeen").GetDateTimeOffset());
    }

    [Fact]
    public async Task Pages_are_cut_from_the_sorted_whole()
    {
        await using var host = await ThreeMachinesAsync();

        var list = await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines?page=2&size=2&sort=-code"));

        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal("WJ-0001", CodesOf(list));
    }

    [Fact]
    public async Task A_safety_manager_sees_the_machines_that_the_own_enterprise_uses_and_no_other()
    {
        await using var host = await ThreeMachinesAsync();
        var own = host.Neighbours.AnEnterprise("Own");
        await host.AMachineAsync(own, "WJ-0009");
        var manager = host.As("safety-manager", own);

        var list = await MachinesHost.JsonAsync(await manager.GetAsync("machines"));
        var foreign = await manager.GetAsync("machines/WJ-0001");

        Assert.Equal("WJ-0009", CodesOf(list));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_safety_manager_without_an_enterprise_sees_nothing()
    {
        await using var host = await ThreeMachinesAsync();

        var list = await MachinesHost.JsonAsync(await host.As("safety-manager").GetAsync("machines"));

        Assert.Equal(0, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Installers_see_all_and_strangers_nothing()
    {
        await using var host = await ThreeMachinesAsync();

        var installer = await MachinesHost.JsonAsync(await host.As("installer").GetAsync("machines"));
        var welder = await host.As("welder").GetAsync("machines");

        Assert.Equal(3, installer.GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.Forbidden, welder.StatusCode);
    }

    [Fact]
    public async Task A_machines_page_says_how_far_its_chip_is_from_the_declared_place()
    {
        await using var host = await ThreeMachinesAsync();
        host.Neighbours.SetState("CHIP-2", DeviceState.Unknown with { LastSeen = Now, Position = new(30.501, 120), PositionAt = Now, Firmware = "1.0" });

        var shown = await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/WJ-0002"));

        Assert.Equal(111.2, shown.GetProperty("chipMetres").GetDouble(), 0);
        Assert.Equal("1.0", shown.GetProperty("firmware").GetString());
    }

    private static async Task<MachinesHost> ThreeMachinesAsync()
    {
        var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await host.AMachineAsync(works, "WJ-0002", "CHIP-2");
        var boilers = MachinesHost.ADeclaration(host.Neighbours.AnEnterprise("Boiler makers")) with { Code = "WJ-0003", Site = "Yard" };
        (await host.Bureau.PostAsJsonAsync("machines", boilers)).EnsureSuccessStatusCode();
        return host;
    }

    private static string CodesOf(JsonElement list) => string.Join(',', list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("code").GetString()));
}
