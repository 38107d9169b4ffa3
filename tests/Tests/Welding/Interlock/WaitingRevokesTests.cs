using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>A chip that is broken, or in the wrong hands, confirms no revoke: those that wait for it must not pile up in the server's memory, and it is told each time.</summary>
public sealed class WaitingRevokesTests
{
    [Fact]
    public async Task A_chip_that_repeats_its_foreign_power_is_sent_the_same_revoke_each_time()
    {
        const int Times = 20;
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine, counter: 5);

        for (var time = 0; time < Times; time++) await chip.StateAsync(relay: true, RelayReason.Grant, Guid.CreateVersion7());
        await WeldingHost.UntilAsync(() => chip.IdsOf("revoke").Count == Times);

        var waiting = Assert.Single(WaitingOf(host, machine));
        Assert.Equal(5, waiting.Counter);
        Assert.Equal([waiting.Id], chip.IdsOf("revoke").Distinct());
    }

    [Fact]
    public async Task A_chip_that_confirms_a_revoke_and_keeps_its_foreign_power_is_sent_another_one()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine, counter: 5);
        var foreign = Guid.CreateVersion7();
        await chip.StateAsync(relay: true, RelayReason.Grant, foreign);
        await WeldingHost.UntilAsync(() => chip.IdsOf("revoke").Count == 1);

        await chip.AcknowledgeAsync(chip.IdsOf("revoke")[0], relay: true, session: foreign, counter: 5);
        await WeldingHost.UntilAsync(() => chip.IdsOf("revoke").Count == 2);

        Assert.Equal([chip.IdsOf("revoke")[1]], WaitingOf(host, machine).Select(revoke => revoke.Id));
        Assert.NotEqual(chip.IdsOf("revoke")[0], chip.IdsOf("revoke")[1]);
    }

    [Fact]
    public async Task A_chip_that_raises_its_counter_with_each_hello_leaves_one_revoke_behind()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        for (var boot = 1; boot <= 5; boot++)
        {
            await using var chip = await RawChip.ConnectAsync(host, machine, boot, counter: 40 + boot, relay: true);
            await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
        }

        Assert.Equal(45, Assert.Single(WaitingOf(host, machine)).Counter);
    }

    [Fact]
    public async Task Ends_that_a_chip_never_confirms_do_not_pile_up_over_its_sessions()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var welder = host.Facts.AWelder(host.Enterprise);
        await using var chip = await RawChip.ConnectAsync(host, machine);
        for (var start = 1; start <= 5; start++)
        {
            var session = (await host.StartAsync(machine, welder)).Session!.Value;
            await WeldingHost.UntilAsync(() => chip.IdsOf("grant").Count == start);
            await chip.AcknowledgeAsync(chip.IdsOf("grant")[^1], relay: true, session: session, counter: start);
            await host.Twin(machine).StopAsync(welder.Value, Guid.CreateVersion7());
            await chip.StateAsync(relay: false, RelayReason.Stop, session);
            await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is null);
        }

        Assert.Equal(5, Assert.Single(WaitingOf(host, machine)).Counter);
        Assert.Equal(5, chip.IdsOf("revoke").Distinct().Count());
    }

    private static IReadOnlyList<RevokeCommand> WaitingOf(WeldingHost host, AMachine machine) =>
        [.. host.Log.DownlinksOf(machine.Serial, host.Clock.GetUtcNow()).Where(waiting => waiting.Channel == "revoke").Select(waiting => ChipJson.Read<RevokeCommand>(waiting.Payload))];
}
