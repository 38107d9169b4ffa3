using Anlan.Tests.Platform.Toolkit.Data.Backups;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>The server comes back from an old backup; chips have lived on. They take its grants, and what runs without its knowledge is cut.</summary>
public sealed class RestoredServerTests
{
    [Fact]
    public async Task Counters_go_on_above_the_chips_own_and_power_that_the_log_does_not_know_is_cut()
    {
        await using var installation = await Installation.StartAsync();
        var host = installation.Host;
        var (machine, other) = (await host.AMachineAsync(), await host.AMachineAsync());
        var welder = host.Facts.AWelder(host.Enterprise);
        var flash = (await host.SwitchOnAsync(machine)).Flash;
        await WorkAsync(host, machine, welder, flash);
        var backup = await installation.TakeAsync();
        for (var i = 0; i < 3; i++) await WorkAsync(host, machine, welder, flash);
        await host.StopAsync();
        var counter = flash.Load().Counter;

        var restored = installation.In("restored");
        await installation.RestoreAsync(backup, restored);
        await using var again = await WeldingHost.StartAsync(folder: restored, clock: host.Clock, facts: host.Facts, settings: Installation.OnFiles);
        Assert.True(again.ReadLog().Select(CounterOf).Max() < counter, "the backup knows a counter as high as the chip's: nothing is tested");
        await using var stranger = await RawChip.ConnectAsync(again, other, boot: 9, counter: 41, relay: true);
        await WeldingHost.UntilAsync(() => stranger.Channels.Contains("revoke"));
        var chip = await again.SwitchOnAsync(machine, flash);
        await again.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered && again.Sessions.At(machine.Id) is { State: SessionState.Running });

        Assert.True(again.Sessions.At(machine.Id)!.Counter > counter);
        Assert.Equal(41, ChipJson.Read<RevokeCommand>(stranger.Received.First(received => received.Channel == "revoke").Payload).Counter);
        var records = again.ReadLog();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(seq => (long)seq), records.Select(record => record.Seq));
    }

    private static long CounterOf(LogRecord record) => record.Body is DecisionBody { Grant: { } grant } ? grant.Counter : 0;

    private static async Task WorkAsync(WeldingHost host, AMachine machine, Anlan.Contracts.Enterprises.PersonId welder, ChipFlash flash)
    {
        var before = flash.Load().Counter;
        Assert.NotNull((await host.StartAsync(machine, welder)).Session);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });
        await host.Twin(machine).StopAsync(welder.Value, Guid.CreateVersion7());
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is null);
        Assert.True(flash.Load().Counter > before);
    }
}
