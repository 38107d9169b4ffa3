using Anlan.Contracts.Devices;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Chips;

/// <summary>What the protocol demands of the server, over real MQTT and the real log.</summary>
public sealed class ServerProtocolTests
{
    [Fact]
    [Trait("Requirement", "CHIP-UP-08")]
    public async Task A_message_is_acknowledged_only_when_it_is_in_the_log()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);

        var before = host.Log.LastSeq;
        await chip.SendAsync("event", new EventReport(1, chip.Next(), 5, null, ChipEventKind.Gas, null));

        Assert.Equal(before + 1, host.Log.LastSeq);
        Assert.Single(host.ReadLog(), record => record.Kind == "chip.event");
    }

    [Fact]
    [Trait("Requirement", "CHIP-UP-09")]
    public async Task A_repeat_is_acknowledged_and_changes_nothing()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        await chip.StateAsync(relay: false, RelayReason.Restart, null, seq: 50);
        await chip.StateAsync(relay: false, RelayReason.Button, null, seq: 51);
        var last = host.Log.LastSeq;

        await chip.StateAsync(relay: false, RelayReason.Restart, null, seq: 50);
        await chip.StateAsync(relay: true, RelayReason.Grant, Guid.CreateVersion7(), seq: 51);

        Assert.Equal(last, host.Log.LastSeq);
        Assert.False(host.Get<IDevices>().StateOf(machine.Serial).RelayClosed);
        Assert.True(chip.IsConnected);
    }

    [Fact]
    [Trait("Requirement", "CHIP-UP-11")]
    public async Task A_late_message_of_an_earlier_boot_is_recorded_and_does_not_overwrite_the_present()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine, boot: 5);
        await chip.StateAsync(relay: false, RelayReason.Restart, null);

        await chip.StateAsync(relay: true, RelayReason.Grant, null, boot: 4, seq: 900);

        Assert.Contains(host.ReadLog(), record => record.Body is StateBody { Boot: 4, Seq: 900 });
        Assert.Equal((5, false), (host.Get<IDevices>().StateOf(machine.Serial).Boot, host.Get<IDevices>().StateOf(machine.Serial).RelayClosed));
    }

    [Fact]
    [Trait("Requirement", "CHIP-HELLO-03")]
    public async Task A_hello_is_answered_by_the_time_and_then_by_everything_undelivered_in_order()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var first = await RawChip.ConnectAsync(host, machine, config: 0);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await host.Twin(machine).RevokeAsync(Guid.CreateVersion7(), "smoke");
        await WeldingHost.UntilAsync(() => first.Channels.Contains("revoke"));
        await first.DisposeAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);

        await using var again = await RawChip.ConnectAsync(host, machine, seq: 100, config: 0);

        await WeldingHost.UntilAsync(() => again.Received.Count >= 3);
        Assert.Equal(["time", "config", "revoke"], again.Channels);
    }

    [Fact]
    [Trait("Requirement", "CHIP-HELLO-05")]
    public async Task A_chip_is_on_line_from_its_hello_to_the_end_of_the_connection_and_a_new_boot_ends_the_session()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await RawChip.ConnectAsync(host, machine, boot: 1);
        Assert.True(host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        var started = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: started.Session, counter: 1);
        await chip.DisposeAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        Assert.NotNull(host.Sessions.At(machine.Id));

        await using var again = await RawChip.ConnectAsync(host, machine, boot: 2, counter: 1);

        Assert.Null(host.Sessions.At(machine.Id));
        Assert.Equal(EndReasons.Restart, (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
        Assert.DoesNotContain("grant", again.Channels);
    }

    [Fact]
    [Trait("Requirement", "CHIP-ACK-04")]
    public async Task A_grant_that_only_the_transport_acknowledged_is_sent_again_at_the_next_hello_until_it_expires()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var first = await RawChip.ConnectAsync(host, machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => first.Channels.Contains("grant"));
        var grant = first.IdsOf("grant")[0];

        await first.SendAsync("hello", new Hello(1, first.Next(), 9, null, "1.0", 0, "AAAAAAAAAAAAAAAAAAAAAA", false, false, new ChipPosition(30.5, 120), null, 1));
        await WeldingHost.UntilAsync(() => first.IdsOf("grant").Count == 2);
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await first.SendAsync("hello", new Hello(1, first.Next(), 9, null, "1.0", 0, "BBBBBBBBBBBBBBBBBBBBBA", false, false, new ChipPosition(30.5, 120), null, 1));
        await WeldingHost.UntilAsync(() => first.IdsOf("time").Count == 3);

        Assert.Equal([grant, grant], first.IdsOf("grant"));
        await first.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "CHIP-ACK-06")]
    public async Task The_answer_that_ended_the_power_ends_the_session_whether_or_not_a_stop_was_decided(bool isStopped)
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: started.Session, counter: 1, reason: RelayReason.Grant);
        if (isStopped) await host.Twin(machine).StopAsync(welder.Value, Guid.CreateVersion7());
        await WeldingHost.UntilAsync(() => !isStopped || chip.Channels.Contains("revoke"));

        await chip.AcknowledgeAsync(isStopped ? chip.IdsOf("revoke")[0] : Guid.CreateVersion7(), counter: 1, reason: RelayReason.Stop, ended: started.Session);

        Assert.Null(host.Sessions.At(machine.Id));
        var row = await host.SessionRowAsync(started.Session!.Value);
        Assert.Equal((true, "stop", true), (row?.PoweredAt is not null, row?.EndReason, row?.IsEndConfirmed));
    }

    [Fact]
    [Trait("Requirement", "CHIP-ACK-06")]
    public async Task Power_for_a_session_that_is_not_open_is_cut_when_an_answer_tells_of_it()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);

        await chip.AcknowledgeAsync(Guid.CreateVersion7(), relay: true, session: Guid.CreateVersion7(), counter: 9, reason: RelayReason.Grant);

        await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
    }

    [Fact]
    [Trait("Requirement", "CHIP-GRANT-12")]
    public async Task A_counter_is_above_the_hello_s_so_that_a_restored_database_locks_no_chip_out()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var flash = new ChipFlash(new() { Boot = 7, Counter = 5_000, Keys = [.. host.Get<Anlan.Toolkit.Security.SigningKeys>().Trusted.Select(key => key.PublicKey)] });
        var chip = await host.SwitchOnAsync(machine, flash);

        var started = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));

        await WeldingHost.UntilAsync(() => chip.IsPowered);
        Assert.NotNull(started.Session);
        Assert.Equal(5_001, host.Sessions.At(machine.Id)?.Counter);
    }

    [Fact]
    public async Task A_grant_refused_by_the_chip_ends_the_session_at_once_and_its_counter_is_used_up()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));

        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], why: ChipRefusal.Clock);

        Assert.Null(host.Sessions.Of(welder));
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
        Assert.Equal(1, ChipJson.Read<RevokeCommand>(chip.Received.Last(r => r.Channel == "revoke").Payload).Counter);
        Assert.Equal(EndReasons.RefusedByChip, (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
    }

    [Fact]
    public async Task Power_for_a_session_that_is_not_open_is_cut()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine, counter: 9);
        var stranger = Guid.CreateVersion7();

        await chip.StateAsync(relay: true, RelayReason.Grant, stranger);

        await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
        var revoke = ChipJson.Read<RevokeCommand>(chip.Received.Last(r => r.Channel == "revoke").Payload);
        Assert.Equal((stranger, 9), (revoke.Session, revoke.Counter));
    }

    [Fact]
    public async Task A_tampered_chip_stays_locked_until_a_person_cleared_it()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered);

        chip.Scene.Senses = SteadyScene.Quiet with { IsOpened = true };
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null && host.Get<IDevices>().StateOf(machine.Serial).IsTampered);
        chip.Scene.Senses = SteadyScene.Quiet;
        var refused = await host.StartAsync(machine, welder);
        await host.Get<Anlan.Welding.Chips.ChipSettingsDesk>().PostAsync(machine.Serial, new(ClearsTamper: true), null, Guid.Empty, null);
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsTampered);
        var granted = await host.StartAsync(machine, welder);

        Assert.Equal("ChipTampered", Assert.Single(refused.Refusals).Code);
        Assert.Empty(granted.Refusals);
    }

    [Fact]
    [Trait("Requirement", "CHIP-CONFIG-08")]
    public async Task A_chip_is_told_its_machine_when_it_is_fitted_and_taken_off_and_at_each_hello_until_it_acknowledged()
    {
        await using var host = await WeldingHost.StartAsync();
        var bare = await host.AMachineAsync(hasChip: false);
        var loose = await host.AMachineAsync();
        await host.EditAsync(loose.Id, machine => machine.ChipSerial = null);
        var chip = await RawChip.ConnectAsync(host, loose);

        Assert.True((await FitAsync(host, slice => slice.FitAsync(bare.Code, new(loose.Serial), CancellationToken.None))).IsDone);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("config"));
        await chip.DisposeAsync();
        await using var again = await RawChip.ConnectAsync(host, loose, seq: 100);
        await WeldingHost.UntilAsync(() => again.Channels.Contains("config"));
        var told = Read(host, again);
        await again.AcknowledgeAsync(again.IdsOf("config")[0]);
        Assert.Empty(host.Log.DownlinksOf(loose.Serial, host.Clock.GetUtcNow()));
        Assert.True((await FitAsync(host, slice => slice.TakeOffAsync(bare.Code, CancellationToken.None))).IsDone);
        await WeldingHost.UntilAsync(() => again.IdsOf("config").Count == 2);

        Assert.Equal(bare.Id.Value, told.Machine);
        Assert.True(Read(host, again).ForgetsMachine);
    }

    private static ChipSettings Read(WeldingHost host, RawChip chip) => SignedConfig.Verify(
        ChipJson.Read<SignedDownlink>(chip.Received.Last(r => r.Channel == "config").Payload).Token(), TrustedKeys.Of([host.Get<Anlan.Toolkit.Security.SigningKeys>().Current.PublicKey]))!.Settings;

    private static async Task<Anlan.Kernel.Outcomes.Outcome> FitAsync(WeldingHost host, Func<Anlan.Welding.Machines.FitChip, Task<Anlan.Kernel.Outcomes.Outcome>> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Anlan.Toolkit.Access.CurrentActor>().Actor = Anlan.Toolkit.Access.Actor.System;
        return await act(scope.ServiceProvider.GetRequiredService<Anlan.Welding.Machines.FitChip>());
    }
}
