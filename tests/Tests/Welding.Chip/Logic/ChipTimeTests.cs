using System.Security.Cryptography;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipTimeTests
{
    [Fact, Trait("Requirement", "CHIP-TIME-01")]
    public void A_signed_answer_sets_the_clock()
    {
        using var bench = new ChipBench();
        bench.SayHello();
        Assert.Null(bench.Last<Hello>(ChipTopics.Hello).At);

        bench.SendTime();
        bench.Wait(3);
        bench.SayHello();

        Assert.Equal((ChipBench.Noon + 3) * 1_000, bench.Last<Hello>(ChipTopics.Hello).At);
    }

    [Fact, Trait("Requirement", "CHIP-TIME-02")]
    public void A_time_of_another_key_another_chip_another_question_or_asked_for_by_nobody_sets_nothing()
    {
        using var bench = new ChipBench();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = new TokenSigner(key);

        bench.SendTime(nonce: new byte[16]);
        bench.SayHello();
        bench.SendTime(signer: stranger);
        bench.SendTime(serial: "CHIP-0002");
        bench.SendTime(nonce: new byte[16]);
        bench.SendTime(nonce: []);
        bench.Chip.Disconnected();
        bench.SendTime();

        Assert.False(bench.Chip.IsClockTrusted(bench.Now));
    }

    [Fact, Trait("Requirement", "CHIP-TIME-02")]
    public void Only_the_newest_question_can_be_answered_and_only_once()
    {
        using var bench = new ChipBench();
        bench.SayHello();
        var old = bench.LastNonce;
        bench.SayHello();

        bench.SendTime(nonce: old);
        Assert.False(bench.Chip.IsClockTrusted(bench.Now));
        bench.SendTime();
        bench.SendTime(unixMilliseconds: 1_800_000_000_000);
        bench.SayHello();

        Assert.Equal(bench.World * 1_000, bench.Last<Hello>(ChipTopics.Hello).At);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    [Trait("Requirement", "CHIP-TIME-03")]
    public void An_answer_later_than_ten_seconds_sets_nothing(long later, bool isSet)
    {
        using var bench = new ChipBench();
        bench.SayHello();
        bench.Tick(later, later);

        bench.SendTime();

        Assert.Equal(isSet, bench.Chip.IsClockTrusted(bench.Now));
    }

    [Fact, Trait("Requirement", "CHIP-TIME-04")]
    public void Half_of_the_way_is_added()
    {
        using var bench = new ChipBench();
        bench.SayHello();
        bench.Tick(800, 800);
        bench.SendTime(unixMilliseconds: 1_790_000_000_000);

        bench.SayHello();

        Assert.Equal(1_790_000_000_400, bench.Last<Hello>(ChipTopics.Hello).At);
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    [InlineData(-5_000, true)]
    [InlineData(-5_001, false)]
    [Trait("Requirement", "CHIP-TIME-05")]
    public void A_clock_that_ran_away_from_the_uptime_is_not_trusted(long drift, bool isTrusted)
    {
        using var bench = ChipBench.WithTime();

        bench.Tick(up: 60_000, rtc: 60_000 + drift);

        Assert.Equal(isTrusted, bench.Chip.IsClockTrusted(bench.Now));
        if (isTrusted) return;
        Assert.Equal(ChipRefusal.Clock, bench.Send(bench.AGrant()).Why);
        Assert.Null(bench.Last<Acknowledgement>(ChipTopics.Acknowledgement).At);
    }

    [Fact, Trait("Requirement", "CHIP-TIME-06")]
    public void A_connected_chip_asks_again_after_15_s_without_an_answer_and_after_12_h_with_one()
    {
        using var bench = new ChipBench();
        Assert.False(bench.Chip.WantsHello(bench.Now));
        bench.SayHello();
        Assert.False(bench.Chip.WantsHello(bench.Now));
        bench.Wait(15);
        Assert.True(bench.Chip.WantsHello(bench.Now));

        bench.SayHello();
        bench.SendTime();
        bench.Wait(12 * 3_600 - 1);
        Assert.False(bench.Chip.WantsHello(bench.Now));
        bench.Wait(1);

        Assert.True(bench.Chip.WantsHello(bench.Now));
        bench.Chip.Disconnected();
        Assert.False(bench.Chip.WantsHello(bench.Now));
    }

    [Fact]
    public void A_nonce_has_sixteen_bytes()
    {
        using var bench = new ChipBench();

        Assert.Throws<ArgumentException>(() => bench.Chip.SayHello(ChipTick.At(1), new byte[15]));
    }
}
