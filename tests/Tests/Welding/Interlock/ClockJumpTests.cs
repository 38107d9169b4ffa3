using Anlan.Toolkit.Log;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>Somebody sets the server's clock while machines run; the chips' clocks go on. No lease is longer than the rule, counters rise, and no machine runs that the server believes off.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(8);

    [Theory]
    [InlineData(-60)]
    [InlineData(-60 * 24 * 400)]
    public async Task Set_back_the_session_goes_on_under_a_lease_of_the_new_time_and_the_chip_learns_the_time(int minutes)
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });
        var before = host.Sessions.At(machine.Id)!;

        host.Clock.Jump(TimeSpan.FromMinutes(minutes));
        // The first renewal meets the chip's old time; it connects anew, asks for the time, and the next one fits.
        await TickUntilAsync(host, () => host.Sessions.At(machine.Id)!.Counter > before.Counter && host.ReadLog().Count(record => record.Body is HelloBody) > 1);
        await TickUntilAsync(host, () =>
        {
            if (host.Sessions.At(machine.Id) is { IsGrantAcknowledged: true } renewed && renewed.Counter > before.Counter) return true;
            // The time may reach the chip before or after the clock goes on; a renewal that it refused is repeated once its window is over.
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            return false;
        });

        var renewed = host.Sessions.At(machine.Id)!;
        Assert.Equal(before.Session, renewed.Session);
        Assert.True(chip.IsPowered);
        Assert.InRange(renewed.LeaseUntil, host.Clock.GetUtcNow(), host.Clock.GetUtcNow() + LongestLease);
        Assert.InRange(renewed.EndsAt, renewed.LeaseUntil, host.Clock.GetUtcNow() + LongestSession);
        AssertLog(host);
    }

    [Fact]
    public async Task Set_forward_the_chip_is_told_that_the_session_is_over_and_the_welder_stays_bound_until_it_says_so()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });

        host.Clock.Jump(TimeSpan.FromHours(1));
        await TickUntilAsync(host, () => host.Sessions.Of(welder) is null);

        Assert.False(chip.IsPowered);
        var row = await host.SessionRowAsync(started.Session!.Value);
        Assert.Equal((EndReasons.LeaseEnd, true), (row!.EndReason, row.IsEndConfirmed));
        AssertLog(host);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task After_a_jump_a_start_works_as_soon_as_the_chip_has_the_time(int hours)
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        host.Clock.Jump(TimeSpan.FromHours(hours));

        // The first grant meets the chip's old time and is refused; the chip connects anew and asks for the time.
        await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => host.Sessions.Of(welder) is null);
        Assert.False(chip.IsPowered);
        await StartUntilPoweredAsync(host, machine, welder, chip);

        AssertLog(host);
    }

    [Theory]
    [Trait("Requirement", "CHIP-TIME-05")]
    [InlineData(-90)]
    [InlineData(10)]
    public async Task The_chips_own_clock_jumps_the_lease_goes_on_by_its_uptime_and_a_start_works_once_it_has_the_time_again(int minutes)
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var session = (await host.StartAsync(machine, welder)).Session!.Value;
        await WeldingHost.UntilAsync(() => chip.IsPowered);

        chip.Chip.JumpClock(TimeSpan.FromMinutes(minutes));

        // Neither longer nor, without need, shorter: the end of the lease by uptime stands.
        Assert.False(chip.Chip.Ask((logic, now) => logic.IsClockTrusted(now)));
        Assert.True(chip.IsPowered);
        Assert.Equal(session, chip.Ask(logic => logic.Session));
        await WeldingHost.UntilAsync(() => chip.Chip.Ask((logic, now) => logic.IsClockTrusted(now)));
        await host.Twin(machine).StopAsync(welder.Value, Guid.CreateVersion7());
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.Of(welder) is null);
        await StartUntilPoweredAsync(host, machine, welder, chip);
        AssertLog(host);
    }

    private static void AssertLog(WeldingHost host)
    {
        var records = host.ReadLog();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(seq => (long)seq), records.Select(record => record.Seq));
        var grants = records.Select(record => (record.At, Grant: record.Body is DecisionBody decision ? decision.Grant : (record.Body as RenewalBody)?.Grant)).Where(found => found.Grant is not null).ToList();
        Assert.All(grants, found => Assert.True(found.Grant!.LeaseUntil - found.At <= LongestLease));
        Assert.Equal(grants.Select(found => found.Grant!.Counter).Order().Distinct(), grants.Select(found => found.Grant!.Counter));
    }

    // The clockwork looks once a second by itself; asking it now only spares the waiting.
    private static async Task TickUntilAsync(WeldingHost host, Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!condition())
        {
            await host.Services.GetServices<IHostedService>().OfType<SessionClockwork>().Single().RunOnceAsync();
            await Task.Delay(20, deadline.Token);
        }
    }

    private static async Task StartUntilPoweredAsync(WeldingHost host, AMachine machine, Anlan.Contracts.Enterprises.PersonId welder, AChip chip)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!chip.IsPowered)
        {
            if (host.Sessions.Of(welder) is null) await host.StartAsync(machine, welder);
            await Task.Delay(50, deadline.Token);
        }
    }
}
