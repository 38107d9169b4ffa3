using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipGrantTests
{
    [Fact, Trait("Requirement", "CHIP-GRANT-01")]
    public void A_good_grant_closes_the_relay_and_the_chip_says_so()
    {
        using var bench = ChipBench.WithTime();
        var grant = bench.AGrant();

        var answer = bench.Send(grant);

        Assert.True(bench.Chip.IsRelayClosed);
        Assert.Equal((grant.Downlink, true, null, true, grant.Session, 1), (answer.Id, answer.Ok, answer.Why, answer.Relay, answer.Session!.Value, answer.Counter));
        Assert.Equal((RelayReason.Grant, null), (answer.Reason, answer.Ended));
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-03")]
    public void The_counter_is_in_the_memory_before_the_relay_closes()
    {
        using var bench = ChipBench.WithTime();
        bool? wasClosed = null;
        bench.OnSave = memory => wasClosed = memory.Counter == 1 ? bench.Chip.IsRelayClosed : wasClosed;

        bench.Send(bench.AGrant());

        Assert.Equal(false, wasClosed);
        Assert.Equal((1, true), (bench.Written.Counter, bench.Chip.IsRelayClosed));
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-03")]
    public void A_chip_that_cannot_write_its_memory_stays_locked()
    {
        using var bench = ChipBench.WithTime();
        bench.MemoryFails = true;

        var answer = bench.Send(bench.AGrant());

        Assert.Equal((false, ChipRefusal.Unknown, 0, false), (answer.Ok, answer.Why, answer.Counter, bench.Chip.IsRelayClosed));
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-03")]
    public void No_counter_is_accepted_twice_not_even_after_a_power_cut()
    {
        using var bench = ChipBench.WithTime();
        bench.Send(bench.AGrant(counter: 5));
        bench.Revoke(5);

        Assert.Equal(ChipRefusal.Counter, bench.Send(bench.AGrant(counter: 5, session: Guid.CreateVersion7())).Why);
        bench.CutPower();
        bench.SayHello();
        bench.SendTime();

        Assert.Equal(ChipRefusal.Counter, bench.Send(bench.AGrant(counter: 5, session: Guid.CreateVersion7())).Why);
        Assert.Equal(5, bench.Last<Hello>(ChipTopics.Hello).Counter);
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-10")]
    public void A_grant_of_another_session_ends_the_running_one_first()
    {
        using var bench = ChipBench.Powered();
        var other = Guid.CreateVersion7();

        var answer = bench.Send(bench.AGrant(counter: 2, session: other));

        Assert.Equal((false, RelayReason.Stop, ChipBench.Session), (bench.LastState.Relay, bench.LastState.Reason, bench.LastState.Session));
        Assert.Equal((true, RelayReason.Grant, other), (answer.Relay, answer.Reason, answer.Session));
        Assert.Equal(other, bench.Chip.Session);
    }

    [Fact, Trait("Requirement", "CHIP-ACK-05")]
    public void A_grant_that_comes_again_gets_the_same_answer_and_changes_nothing()
    {
        using var bench = ChipBench.WithTime();
        var grant = bench.AGrant();
        bench.Send(grant);
        bench.Wait(10);

        var again = bench.Send(grant);

        Assert.Equal((true, true, 1), (again.Ok, again.Relay, again.Counter));
        bench.Wait(589);
        Assert.True(bench.Chip.IsRelayClosed);
        bench.Wait(1);
        Assert.False(bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-ACK-05")]
    public void A_grant_that_comes_again_after_its_session_ended_brings_no_power_back()
    {
        using var bench = ChipBench.WithTime();
        var grant = bench.AGrant();
        bench.Send(grant);
        bench.Chip.PressStop(bench.Now);

        var again = bench.Send(grant);

        Assert.Equal((true, false, false), (again.Ok, again.Relay, bench.Chip.IsRelayClosed));
    }

    [Fact, Trait("Requirement", "CHIP-ACK-05")]
    public void A_refused_grant_is_judged_anew_when_it_comes_again()
    {
        using var bench = new ChipBench();
        var grant = bench.AGrant();
        Assert.Equal(ChipRefusal.Clock, bench.Send(grant).Why);

        bench.SayHello();
        bench.SendTime();

        Assert.True(bench.Send(grant).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-TIME-07")]
    public void A_chip_that_was_never_told_the_time_accepts_nothing()
    {
        using var bench = new ChipBench();

        Assert.Equal(ChipRefusal.Clock, bench.Send(bench.AGrant()).Why);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"0198c0de-0000-7000-8000-00000000000d\"}")]
    [InlineData("{\"id\":17,\"cose\":\"aa\"}")]
    [InlineData("{\"id\":\"0198c0de-0000-7000-8000-00000000000d\",\"cose\":null}")]
    [Trait("Requirement", "CHIP-ACK-01")]
    public void What_cannot_be_read_is_counted_and_stops_nothing(string payload)
    {
        using var bench = ChipBench.WithTime();

        foreach (var channel in new[] { ChipTopics.Grant, ChipTopics.Config, ChipTopics.Revoke, ChipTopics.Time, "weather" }) bench.Receive(channel, payload);

        Assert.Equal(5, bench.Chip.UnreadableDownlinks);
        Assert.True(bench.Send(bench.AGrant()).Ok);
    }

    [Theory]
    [InlineData("AA")]
    [InlineData("not base64url!")]
    [InlineData("0oRDoQEmoEA")]
    [Trait("Requirement", "CHIP-ACK-01")]
    public void A_readable_message_around_an_unreadable_token_is_refused_by_name(string cose)
    {
        using var bench = ChipBench.WithTime();
        var id = Guid.CreateVersion7();

        bench.Receive(ChipTopics.Grant, new SignedDownlink(id, cose));

        var answer = bench.Last<Acknowledgement>(ChipTopics.Acknowledgement);
        Assert.Equal((id, ChipRefusal.BadSignature), (answer.Id, answer.Why));
    }
}
