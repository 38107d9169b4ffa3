using Anlan.Welding.Interlock;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>What decides about a machine is there while it has something to decide and goes by itself: memory follows the machines that work, not those that ever did.</summary>
public sealed class IdleTwinTests
{
    [Fact]
    public async Task A_machine_that_nobody_uses_costs_no_memory_after_a_moment()
    {
        await using var host = await WeldingHost.StartAsync(settings: ["--Anlan:Welding:IdleTime=00:00:01"]);
        var machines = new List<AMachine>();
        for (var number = 0; number < 5; number++) machines.Add(await host.AMachineAsync(hasChip: false));
        foreach (var machine in machines) await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        Assert.NotEqual(0, await TwinsAsync(host));

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await TwinsAsync(host) > 0) await Task.Delay(200, deadline.Token);
    }

    private static async Task<int> TwinsAsync(WeldingHost host) =>
        (await host.Get<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()).Where(kind => kind.GrainType.Contains(nameof(MachineTwin), StringComparison.Ordinal)).Sum(kind => kind.ActivationCount);
}
