using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Welding.Live;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Live;

/// <summary>What the live board says of a town is what its records say, and its numbers open lists of the same length.</summary>
public sealed class ShowTownsTests
{
    private const string Town = "990521001";

    [Fact]
    public async Task A_town_has_its_machines_by_state_and_what_happened_today_and_the_lists_of_the_day_are_as_long()
    {
        await using var host = await WeldingHost.StartAsync();
        var (running, bare) = (await host.AMachineAsync(), await host.AMachineAsync(hasChip: false));
        var (welder, stranger) = (host.Facts.AWelder(host.Enterprise), host.Facts.AWelder(host.Enterprise));
        host.Facts.SetCertificates(stranger);
        await host.SwitchOnAsync(running);
        await host.StartAsync(running, stranger);
        await host.StartAsync(running, welder);
        await WeldingHost.UntilAsync(() => host.Sessions.At(running.Id)?.State == SessionState.Running);
        await host.ProjectedAsync();
        var today = host.Get<CityCalendar>().Today;

        var town = Assert.Single(await host.AskAsync((ShowTowns slice) => slice.RunAsync(default)));

        Assert.Equal((Town, 2, 1, 1, 2), (town.Division, town.Machines, town.Sessions, town.Refusals, town.Registered));
        Assert.Equal([(MachineState.Registered, 1), (MachineState.Running, 1)], town.States.OrderBy(state => state.Key).Select(state => (state.Key, state.Value)));
        Assert.Equal("ok", ShowTowns.ToneOf(town));
        Assert.Equal(1, await CountSessionsAsync(host, new RecordFilter(Division: Town, Day: today)));
        Assert.Equal(0, await CountSessionsAsync(host, new RecordFilter(Division: Town, Day: today.AddDays(-1))));
        Assert.Equal(0, await CountSessionsAsync(host, new RecordFilter(Division: "990521002")));
        Assert.Equal(0, await CountSessionsAsync(host, new RecordFilter(Division: "rubbish")));
        Assert.Equal(1, await CountRefusalsAsync(host, new RecordFilter(Division: "9905", Day: today)));
        Assert.Equal(0, await CountRefusalsAsync(host, new RecordFilter(Day: today.AddDays(1))));

        await host.EditAsync(bare.Id, machine => machine.ScrapReason = "rust");
        Assert.Equal(1, Assert.Single(await host.AskAsync((ShowTowns slice) => slice.RunAsync(default))).Machines);
    }

    private static async Task<int> CountSessionsAsync(WeldingHost host, RecordFilter filter) => (await host.AskAsync((ListSessions slice) => slice.RunAsync(new PageRequest(1, 20), filter, default))).Total;

    private static async Task<int> CountRefusalsAsync(WeldingHost host, RecordFilter filter) => (await host.AskAsync((ListRefusals slice) => slice.RunAsync(new PageRequest(1, 20), filter, default))).Total;
}
