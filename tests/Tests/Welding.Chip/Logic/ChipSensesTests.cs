using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipSensesTests
{
    public static TheoryData<string, Senses, RelayReason, ChipEventKind, ChipRefusal> Dangers => new()
    {
        { "tamper", Calm with { IsOpened = true }, RelayReason.Tamper, ChipEventKind.Tamper, ChipRefusal.Tamper },
        { "gas", Calm with { Gas = true }, RelayReason.Gas, ChipEventKind.Gas, ChipRefusal.Gas },
        { "heat", Calm with { Temperature = 85 }, RelayReason.OverTemperature, ChipEventKind.OverTemperature, ChipRefusal.OverTemperature },
        { "broken sensor", Calm with { Temperature = double.NaN }, RelayReason.OverTemperature, ChipEventKind.OverTemperature, ChipRefusal.OverTemperature },
    };

    private static Senses Calm => new(0, 0, false, 20);

    [Theory, MemberData(nameof(Dangers))]
    [Trait("Requirement", "CHIP-EVENT-01")]
    [Trait("Requirement", "CHIP-GRANT-09")]
    public void Danger_opens_the_relay_at_once_and_keeps_it_open(string danger, Senses senses, RelayReason reason, ChipEventKind kind, ChipRefusal why)
    {
        _ = danger;
        using var bench = ChipBench.Powered();

        bench.Chip.Sense(bench.Now, senses);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(reason, bench.LastState.Reason);
        Assert.Equal(kind, bench.Last<EventReport>(ChipTopics.Event).Kind);
        Assert.Equal(why, bench.Send(bench.AGrant(counter: 2, session: Guid.CreateVersion7())).Why);
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-03")]
    public void Each_danger_is_told_when_it_begins_and_not_again_until_it_was_over()
    {
        using var bench = ChipBench.WithTime();

        foreach (var gas in new[] { true, true, false, true }) bench.Sense(gas: gas);
        foreach (var temperature in new[] { 90.0, 80.0, 86.0, 74.9, 85.0 }) bench.Sense(temperature: temperature);

        var events = bench.Sent<EventReport>(ChipTopics.Event);
        Assert.Equal(2, events.Count(report => report.Kind == ChipEventKind.Gas));
        Assert.Equal([90.0, 85.0], events.Where(report => report.Kind == ChipEventKind.OverTemperature).Select(report => report.Value!.Value));
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-01")]
    public void The_relay_does_not_close_again_by_itself_when_the_danger_is_over()
    {
        using var bench = ChipBench.Powered();

        bench.Sense(gas: true);
        bench.Sense(gas: false);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(ChipRefusal.Expired, bench.Send(bench.AGrant(counter: 2)).Why);
        Assert.True(bench.Send(bench.AGrant(counter: 3, session: Guid.CreateVersion7())).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-04")]
    public void A_contact_that_disobeys_for_half_a_second_is_a_relay_fault()
    {
        using var bench = ChipBench.Powered();
        bench.Sense(contact: false);
        bench.Tick(499, 499);
        bench.Sense(contact: false);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Tick(1, 1);

        bench.Sense(contact: false);

        Assert.Equal(RelayReason.Fault, bench.LastState.Reason);
        Assert.Equal(ChipEventKind.RelayFault, bench.Last<EventReport>(ChipTopics.Event).Kind);
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-04")]
    public void A_welded_contact_refuses_every_grant()
    {
        using var bench = ChipBench.WithTime();
        bench.Sense(contact: true);
        bench.Tick(500, 500);
        bench.Sense(contact: true);

        Assert.Equal(ChipRefusal.RelayFault, bench.Send(bench.AGrant()).Why);
        bench.Sense(contact: false);

        Assert.True(bench.Send(bench.AGrant()).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-05")]
    public void An_arc_without_a_grant_is_told_at_once_and_again_every_ten_seconds()
    {
        using var bench = ChipBench.WithTime();

        for (var second = 0; second < 21; second++)
        {
            bench.Sense(amperes: 120);
            bench.Wait(1);
        }

        var arcs = bench.Sent<EventReport>(ChipTopics.Event);
        Assert.All(arcs, report => Assert.Equal((ChipEventKind.ArcWithoutGrant, 120), (report.Kind, report.Value)));
        Assert.Equal([1_000, 11_000, 21_000], arcs.Select(report => report.Up));
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-05")]
    public void An_arc_with_a_grant_is_no_event()
    {
        using var bench = ChipBench.Powered();

        bench.Sense(amperes: 120);

        Assert.Empty(bench.Sent<EventReport>(ChipTopics.Event));
    }

    [Fact, Trait("Requirement", "CHIP-EVENT-06")]
    public void The_button_is_told_also_when_the_machine_has_no_power()
    {
        using var bench = ChipBench.WithTime();

        bench.Chip.PressStop(bench.Now);

        Assert.Equal(ChipEventKind.Button, bench.Last<EventReport>(ChipTopics.Event).Kind);
        Assert.DoesNotContain(bench.Sent<StateReport>(ChipTopics.State), state => state.Reason == RelayReason.Button);
    }

    [Fact, Trait("Requirement", "CHIP-TELEMETRY-02")]
    public void A_powered_machine_is_measured_every_second_and_reported_every_ten()
    {
        using var bench = ChipBench.Powered();

        for (var tick = 0; tick < 105; tick++)
        {
            bench.Sense(amperes: 118.26);
            bench.Tick(200, 200);
        }

        var batches = bench.Sent<TelemetryBatch>(ChipTopics.Telemetry);
        Assert.Equal([11], batches.Select(batch => batch.Points.Count));
        Assert.All(batches[0].Points, point => Assert.Equal((118.3, true), (point.A, point.Arc)));
        Assert.Equal(Enumerable.Range(0, 11).Select(index => 1_000L + index * 1_000), batches[0].Points.Select(point => point.Up));
    }

    [Fact, Trait("Requirement", "CHIP-TELEMETRY-03")]
    public void A_batch_belongs_to_one_session_and_goes_out_before_its_end_is_told()
    {
        using var bench = ChipBench.Powered();
        bench.Sense(amperes: 100);
        bench.Revoke(1);

        var last = bench.Chip.Pending.TakeLast(2).Select(uplink => uplink.Channel);

        Assert.Equal([ChipTopics.Telemetry, ChipTopics.Acknowledgement], last);
        Assert.Equal(ChipBench.Session, bench.Last<TelemetryBatch>(ChipTopics.Telemetry).Session);
    }

    [Fact, Trait("Requirement", "CHIP-TELEMETRY-02")]
    public void An_idle_machine_is_measured_every_minute_and_reported_every_ten_points()
    {
        using var bench = ChipBench.WithTime();

        for (var second = 0; second < 600; second++)
        {
            bench.Sense();
            bench.Wait(1);
        }

        var batch = Assert.Single(bench.Sent<TelemetryBatch>(ChipTopics.Telemetry));
        Assert.Equal((10, null), (batch.Points.Count, batch.Session));
    }
}
