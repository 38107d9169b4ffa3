using Anlan.Contracts.Devices;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>What time does to an open session: the clock is the test's.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task A_lease_is_renewed_while_every_condition_holds()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id)?.State == SessionState.Running);
        var first = host.Sessions.At(machine.Id)!;

        for (var minutes = 0; minutes < 40; minutes += 8)
        {
            var counter = host.Sessions.At(machine.Id)!.Counter;
            host.Clock.Advance(TimeSpan.FromMinutes(8));
            await TickAsync(host);
            await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { IsGrantAcknowledged: true } renewed && renewed.Counter > counter);
        }

        Assert.True(chip.IsPowered);
        Assert.True(host.Sessions.At(machine.Id)!.LeaseUntil > first.LeaseUntil.AddMinutes(30));
    }

    [Fact]
    public async Task A_renewal_is_refused_once_a_condition_fell_away()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered && host.Sessions.At(machine.Id)?.State == SessionState.Running);
        host.Facts.SetCertificates(welder, FactsBook.ACertificate(new DateOnly(2025, 1, 1)));

        host.Clock.Advance(TimeSpan.FromMinutes(8));
        await TickAsync(host);

        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
        Assert.Equal("CertificateExpired", (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
    }

    [Fact]
    public async Task Without_network_the_chip_ends_the_lease_itself_and_the_server_frees_the_welder_after_it()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id)?.State == SessionState.Running);

        chip.Chip.LoseNetwork(TimeSpan.FromHours(3));
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        await WeldingHost.UntilAsync(() => !chip.IsPowered);
        await TickAsync(host);
        Assert.NotNull(host.Sessions.Of(welder));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(host);

        Assert.Null(host.Sessions.Of(welder));
        var row = await host.SessionRowAsync(started.Session!.Value);
        Assert.Equal((EndReasons.LeaseEnd, false), (row!.EndReason, row.IsEndConfirmed));
    }

    [Fact]
    public async Task A_start_that_the_chip_never_acknowledged_is_revoked_and_the_welder_stays_bound_until_no_power_is_possible()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        await host.StartAsync(machine, welder);

        host.Clock.Advance(TimeSpan.FromSeconds(36));
        await TickAsync(host);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
        var ending = host.Sessions.At(machine.Id);
        host.Clock.Advance(TimeSpan.FromMinutes(17));
        await TickAsync(host);

        Assert.Equal((SessionState.Ending, EndReasons.NotAcknowledged), (ending!.State, ending.EndReason));
        Assert.Null(host.Sessions.Of(welder));
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id)?.State == SessionState.Running);

        for (var i = 0; i < 61 && host.Sessions.At(machine.Id) is not null; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(8));
            await TickAsync(host);
            await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is not { State: SessionState.Running } open || open.IsGrantAcknowledged || !chip.IsPowered);
        }

        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_server()
    {
        var first = await WeldingHost.StartAsync();
        var machine = await first.AMachineAsync();
        var welder = first.Facts.AWelder(first.Enterprise);
        var chip = await RawChip.ConnectAsync(first, machine);
        var started = await first.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: started.Session, counter: 1);
        await chip.DisposeAsync();
        var folder = await first.StopAsync();

        await using var second = await WeldingHost.StartAsync(folder: folder, clock: first.Clock, facts: first.Facts);

        Assert.Equal((started.Session, SessionState.Running), (second.Sessions.Of(welder)?.Session.Value, second.Sessions.At(machine.Id)?.State));
        Assert.Equal("SessionOpenElsewhere", Assert.Single((await second.StartAsync(await second.AMachineAsync(), welder)).Refusals, r => r.Code == "SessionOpenElsewhere").Code);
        second.Clock.Advance(TimeSpan.FromMinutes(8));
        // Only now: to the broker, a chip that was there before would have been silent for eight minutes.
        await using var again = await RawChip.ConnectAsync(second, machine, seq: 100, counter: 1);
        await TickAsync(second);
        await WeldingHost.UntilAsync(() => again.Channels.Contains("grant"));
        await second.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    // The clockwork ticks by itself every second of real time; the test does not wait for it.
    private static Task TickAsync(WeldingHost host) => host.Services.GetServices<IHostedService>().OfType<SessionClockwork>().Single().RunOnceAsync();
}
