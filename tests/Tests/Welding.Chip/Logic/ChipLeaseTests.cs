using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipLeaseTests
{
    [Fact, Trait("Requirement", "CHIP-LEASE-01")]
    public void The_lease_ends_by_the_clock_counted_from_the_windows_beginning()
    {
        using var bench = ChipBench.WithTime();
        var grant = bench.AGrant();
        bench.Wait(20);
        bench.Send(grant);

        bench.Wait(579);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal((false, RelayReason.LeaseEnd, ChipBench.Session), (bench.LastState.Relay, bench.LastState.Reason, bench.LastState.Session));
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-02")]
    public void The_lease_ends_by_uptime_when_the_clock_stands_still()
    {
        using var bench = ChipBench.Powered();

        bench.Tick(up: 599_999, rtc: 0);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Tick(up: 1, rtc: 0);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(RelayReason.LeaseEnd, bench.LastState.Reason);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-02")]
    public void A_clock_that_jumps_back_does_not_lengthen_the_lease()
    {
        using var bench = ChipBench.Powered();

        bench.Tick(up: 300_000, rtc: -3_600_000);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Tick(up: 300_000, rtc: 300_000);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-02")]
    public void A_clock_set_back_by_the_server_does_not_lengthen_the_lease()
    {
        using var bench = ChipBench.Powered();
        bench.Wait(300);
        bench.SayHello();
        bench.SendTime(unixMilliseconds: (bench.World - 7_200) * 1_000);

        bench.Wait(299);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-01")]
    public void A_clock_that_jumps_ahead_ends_the_lease_at_once()
    {
        using var bench = ChipBench.Powered();

        bench.Tick(up: 1_000, rtc: 3_600_000);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-03")]
    public void No_lease_lasts_beyond_the_session()
    {
        using var bench = ChipBench.WithTime();
        bench.Send(bench.AGrant() with { SessionEnd = bench.World + 100 });

        bench.Wait(99);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-03")]
    public void The_sessions_end_by_uptime_is_not_moved_by_a_renewal_under_a_clock_set_back()
    {
        using var bench = ChipBench.WithTime();
        var grant = bench.AGrant() with { SessionEnd = bench.World + 700 };
        bench.Send(grant);
        bench.Wait(500);
        bench.SayHello();
        bench.SendTime(unixMilliseconds: (bench.World - 400) * 1_000);
        var early = bench.World - 400;
        bench.Send(bench.AGrant(counter: 2) with { IssuedAt = early, NotBefore = early, Expires = early + 60, SessionEnd = grant.SessionEnd });

        bench.Wait(199);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-04")]
    public void A_renewal_lengthens_the_lease_without_opening_the_relay()
    {
        using var bench = ChipBench.Powered();
        var states = bench.Sent<StateReport>(ChipTopics.State).Count;
        bench.Wait(500);

        var answer = bench.Send(bench.AGrant(counter: 2));
        Assert.Equal((true, null), (answer.Ok, answer.Reason));
        bench.Wait(599);

        Assert.True(bench.Chip.IsRelayClosed);
        Assert.Equal(states, bench.Sent<StateReport>(ChipTopics.State).Count);
        bench.Wait(1);
        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-08")]
    public void A_renewal_after_the_lease_ended_brings_no_power_back()
    {
        using var bench = ChipBench.Powered();
        bench.Wait(600);

        var answer = bench.Send(bench.AGrant(counter: 2));

        Assert.Equal((false, ChipRefusal.Expired, false), (answer.Ok, answer.Why, bench.Chip.IsRelayClosed));
        Assert.True(bench.Send(bench.AGrant(counter: 3, session: Guid.CreateVersion7())).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-05")]
    public void Whatever_happens_first_after_the_end_finds_the_relay_open()
    {
        Action<ChipBench>[] happenings =
        [
            bench => bench.Chip.Advance(bench.Now), bench => bench.Sense(), bench => bench.Receive(ChipTopics.Time, "{}"),
            bench => bench.Chip.SayHello(bench.Now, new byte[16]), bench => bench.Chip.PressStop(bench.Now), bench => bench.Revoke(1),
        ];
        foreach (var happen in happenings)
        {
            using var bench = ChipBench.WithTime();
            bench.Send(bench.AGrant() with { DurationSeconds = 1 });
            bench.Sleep(1_000);

            happen(bench);

            Assert.False(bench.Chip.IsRelayClosed);
            Assert.Equal(RelayReason.LeaseEnd, bench.LastState.Reason);
        }
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-06")]
    public void A_lost_network_neither_ends_nor_lengthens_the_lease()
    {
        using var bench = ChipBench.Powered();

        bench.Chip.Disconnected();
        bench.Wait(599);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-07")]
    [Trait("Requirement", "CHIP-TIME-07")]
    public void After_a_power_cut_the_relay_is_open_and_nothing_brings_the_session_back()
    {
        using var bench = ChipBench.Powered();

        bench.CutPower();

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(ChipRefusal.Clock, bench.Send(bench.AGrant(counter: 2)).Why);
        bench.SayHello();
        bench.SendTime();
        Assert.Equal(ChipRefusal.Expired, bench.Send(bench.AGrant(counter: 2)).Why);
        Assert.Equal(ChipRefusal.Counter, bench.Send(bench.AGrant(counter: 1, session: Guid.CreateVersion7())).Why);
        Assert.True(bench.Send(bench.AGrant(counter: 2, session: Guid.CreateVersion7())).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-HELLO-04")]
    public void After_each_power_up_the_chip_reports_a_restart_once()
    {
        using var bench = ChipBench.Powered();
        bench.CutPower();

        bench.SayHello();
        bench.SayHello();

        var restarts = bench.Sent<StateReport>(ChipTopics.State).Where(state => state.Reason == RelayReason.Restart).ToList();
        Assert.Equal((1, false, 2), (restarts.Count, restarts[0].Relay, restarts[0].Boot));
    }

    [Fact, Trait("Requirement", "CHIP-LEASE-08")]
    public void The_button_opens_the_relay_and_ends_the_session()
    {
        using var bench = ChipBench.Powered();

        bench.Chip.PressStop(bench.Now);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(RelayReason.Button, bench.LastState.Reason);
        Assert.Equal(ChipEventKind.Button, bench.Last<EventReport>(ChipTopics.Event).Kind);
        Assert.Equal(ChipRefusal.Expired, bench.Send(bench.AGrant(counter: 2)).Why);
    }
}
