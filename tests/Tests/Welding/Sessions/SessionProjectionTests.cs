using Anlan.Contracts.Devices;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Sessions;

/// <summary>A session is told completely, whatever the order in which its parts arrive.</summary>
public sealed class SessionProjectionTests
{
    [Fact]
    public async Task Arc_time_and_energy_count_also_when_they_arrive_after_the_end()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var session = (await host.StartAsync(machine, welder)).Session!.Value;
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: session, counter: 1);
        await chip.SendAsync("telemetry", Batch(chip, session, 3));
        await chip.StateAsync(relay: false, RelayReason.Button, session);
        await chip.SendAsync("telemetry", Batch(chip, session, 2));

        var row = await host.SessionRowAsync(session);

        Assert.Equal((5, 5 * 200 * 25, 200), (row!.ArcSeconds, row.ArcJoules, row.PeakAmperes));
        Assert.Equal("button", row.EndReason);
    }

    [Fact]
    public async Task The_chip_s_own_word_about_the_end_corrects_what_was_concluded()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await RawChip.ConnectAsync(host, machine);
        var session = (await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise))).Session!.Value;
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: session, counter: 1);
        await chip.DisposeAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        var realEnd = host.Clock.GetUtcNow().AddMinutes(2);
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await host.Twin(machine).TickAsync();
        var concluded = await host.SessionRowAsync(session);

        await using var again = await RawChip.ConnectAsync(host, machine, seq: 100, counter: 1);
        await again.SendAsync("state", new StateReport(1, again.Next(), 9, realEnd.ToUnixTimeMilliseconds(), false, RelayReason.Gas, session));

        var told = await host.SessionRowAsync(session);
        Assert.Equal(("leaseEnd", false), (concluded!.EndReason, concluded.IsEndConfirmed));
        Assert.Equal(("gas", true, realEnd.ToUnixTimeMilliseconds()), (told!.EndReason, told.IsEndConfirmed, told.EndedAt!.Value.ToUnixTimeMilliseconds()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_arc_without_a_grant_is_marked_at_once(bool namesForeignSession)
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);

        await chip.SendAsync("telemetry", Batch(chip, namesForeignSession ? Guid.CreateVersion7() : null, 1));

        Assert.Equal(200, host.ReadLog().Select(record => record.Body).OfType<Anlan.Welding.Chips.StrayBody>().Single().PeakAmperes);
        await host.ProjectedAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var line = await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<MachineEvent>().SingleAsync(e => e.Kind == MachineEventKinds.ArcWithoutGrant);
        Assert.Equal((machine.Id, 200), (line.Machine, line.Value));
    }

    [Theory]
    [InlineData(new long[] { 1000, 2000, 3000 }, 3)] // one a second
    [InlineData(new long[] { 1000, 61_000 }, 3)] // a hole counts for two seconds
    [InlineData(new long[] { 1000, 1000 }, 1)] // the same moment twice
    [InlineData(new long[] { 3000, 1000 }, 1)] // backwards
    public void A_point_speaks_for_the_time_since_the_point_before_it(long[] ups, double seconds)
    {
        var sum = ArcSum.Of([.. ups.Select(up => new TelemetryPoint(null, up, 200, 25, true, 30, false))]);

        Assert.Equal((seconds, seconds * 5_000, 200), (sum.Seconds, sum.Joules, sum.PeakAmperes));
    }

    private static TelemetryBatch Batch(RawChip chip, Guid? session, int points)
    {
        var seq = chip.Next();
        return new TelemetryBatch(1, seq, 10_000, null, session, [.. Enumerable.Range(0, points).Select(i => new TelemetryPoint(null, (seq * 100_000) + (i * 1_000), 200, 25, true, 30, false))]);
    }
}
