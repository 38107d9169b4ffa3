using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipOutboxTests
{
    [Fact, Trait("Requirement", "CHIP-UP-02")]
    public void Messages_are_numbered_from_one_within_each_boot()
    {
        using var bench = ChipBench.Powered();
        Assert.Equal(Enumerable.Range(1, bench.Chip.Pending.Count).Select(number => (long)number), bench.Chip.Pending.Select(uplink => uplink.Seq));

        bench.CutPower();
        bench.SayHello();

        Assert.Equal((2, 1), (bench.Last<Hello>(ChipTopics.Hello).Boot, bench.Last<Hello>(ChipTopics.Hello).Seq));
    }

    [Fact, Trait("Requirement", "CHIP-UP-05")]
    public void What_was_not_acknowledged_waits_with_its_number_and_bytes()
    {
        using var bench = ChipBench.Powered();
        var state = bench.Chip.Pending.Last(uplink => uplink.Channel == ChipTopics.State);
        bench.Chip.Settle(bench.Chip.Pending[0].Seq);

        bench.Chip.Disconnected();
        bench.Wait(30);
        bench.SayHello();

        Assert.Contains(state, bench.Chip.Pending);
        Assert.Equal(ChipTopics.Hello, bench.Chip.PendingForNewConnection.First().Channel);
        Assert.Equal(bench.Chip.PendingForNewConnection.Skip(1).Select(uplink => uplink.Seq).Order(), bench.Chip.PendingForNewConnection.Skip(1).Select(uplink => uplink.Seq));
    }

    [Fact, Trait("Requirement", "CHIP-UP-05")]
    public void Only_the_newest_hello_waits()
    {
        using var bench = ChipBench.WithTime();

        bench.SayHello();
        bench.SayHello();

        Assert.Single(bench.Sent<Hello>(ChipTopics.Hello));
    }

    [Fact, Trait("Requirement", "CHIP-UP-06")]
    public void A_long_time_without_network_costs_measurements_before_anything_else()
    {
        using var bench = ChipBench.Powered();
        bench.Sense(amperes: 100);
        bench.Revoke(1);
        var telemetry = bench.Sent<TelemetryBatch>(ChipTopics.Telemetry).Count;
        Assert.Equal(1, telemetry);

        for (var press = 0; press < 600; press++) bench.Chip.PressStop(bench.Now);

        Assert.Equal(ChipTimings.MostPending, bench.Chip.Pending.Count);
        Assert.Empty(bench.Sent<TelemetryBatch>(ChipTopics.Telemetry));
    }

    [Fact, Trait("Requirement", "CHIP-HELLO-01")]
    public void Hello_tells_firmware_counter_relay_tamper_position_and_settings()
    {
        using var bench = ChipBench.Powered();
        bench.Chip.Position = new ChipPosition(30.54, 119.97);

        bench.SayHello();

        var hello = bench.Last<Hello>(ChipTopics.Hello);
        Assert.Equal(("1.0.0", 1, true, false, new ChipPosition(30.54, 119.97), 0), (hello.Fw, hello.Counter, hello.Relay, hello.Tamper, hello.Pos, hello.Config));
    }
}
