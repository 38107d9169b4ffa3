using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipRevokeTests
{
    [Theory]
    [InlineData("certificate revoked", RelayReason.Revoke)]
    [InlineData("stop", RelayReason.Stop)]
    [Trait("Requirement", "CHIP-REVOKE-01")]
    [Trait("Requirement", "CHIP-REVOKE-05")]
    [Trait("Requirement", "CHIP-ACK-06")]
    public void A_revoke_opens_the_relay_and_says_why(string reason, RelayReason expected)
    {
        using var bench = ChipBench.Powered();
        var states = bench.Sent<StateReport>(ChipTopics.State).Count;

        var answer = bench.Revoke(1, reason: reason);

        Assert.Equal((true, false, null), (answer.Ok, answer.Relay, answer.Session));
        Assert.Equal((expected, ChipBench.Session), (answer.Reason, answer.Ended));
        Assert.Equal(states, bench.Sent<StateReport>(ChipTopics.State).Count);
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-02")]
    public void A_grant_that_was_overtaken_by_the_revoke_of_its_session_is_refused()
    {
        using var bench = ChipBench.WithTime();
        var late = bench.AGrant(counter: 4);

        bench.Revoke(4);

        Assert.Equal(ChipRefusal.Counter, bench.Send(late).Why);
        Assert.Equal(4, bench.Written.Counter);
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-02")]
    public void A_revoke_also_needs_no_trusted_clock()
    {
        using var bench = ChipBench.Powered();
        bench.Tick(up: 10_000, rtc: 0);

        bench.Revoke(1);

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-03")]
    public void A_late_revoke_of_an_earlier_session_leaves_the_running_one_alone()
    {
        using var bench = ChipBench.Powered();
        var other = Guid.CreateVersion7();
        bench.Send(bench.AGrant(counter: 2, session: other));

        var answer = bench.Revoke(1, ChipBench.Session);

        Assert.Equal((true, true, other, 2), (answer.Ok, answer.Relay, answer.Session, answer.Counter));
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-03")]
    public void A_revoke_whose_counter_covers_the_running_grant_cuts_it_whatever_session_it_names()
    {
        using var bench = ChipBench.Powered();

        bench.Revoke(1, Guid.CreateVersion7());

        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-04")]
    public void A_revoke_with_an_absurd_counter_cuts_the_power_but_uses_up_no_counters()
    {
        using var bench = ChipBench.Powered();

        bench.Revoke(1L << 52);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(1, bench.Written.Counter);
        Assert.True(bench.Send(bench.AGrant(counter: 2, session: Guid.CreateVersion7())).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-ACK-05")]
    public void A_revoke_that_comes_again_does_not_cut_a_later_session()
    {
        using var bench = ChipBench.Powered();
        var id = Guid.CreateVersion7();
        bench.Revoke(1, id: id);
        bench.Send(bench.AGrant(counter: 2, session: Guid.CreateVersion7()));

        var again = bench.Revoke(1, id: id);

        Assert.True(again.Ok);
        Assert.True(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-REVOKE-02")]
    public void A_revoke_that_cannot_be_remembered_still_cuts_the_power_and_says_so()
    {
        using var bench = ChipBench.Powered();
        bench.MemoryFails = true;

        var answer = bench.Revoke(9);

        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal((false, ChipRefusal.Unknown), (answer.Ok, answer.Why));
    }

    [Fact, Trait("Requirement", "CHIP-ACK-02")]
    public void Every_answer_tells_relay_session_and_counter_as_they_are_after_it()
    {
        using var bench = ChipBench.Powered();

        var answer = bench.Revoke(3);

        Assert.Equal((false, null, 3), (answer.Relay, answer.Session, answer.Counter));
        Assert.Equal(bench.Chip.Memory.Boot, answer.Boot);
    }
}
