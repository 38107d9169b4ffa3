using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Logic;

/// <summary>A chip that tests itself gives no power, whoever asks and whatever it measures.</summary>
public sealed class SelfTestTests
{
    private static readonly Guid Asked = Guid.Parse("0198c0de-0000-7000-8000-00000000000e");

    [Fact]
    [Trait("Requirement", "CHIP-TEST-01")]
    [Trait("Requirement", "CHIP-TEST-03")]
    [Trait("Requirement", "CHIP-TEST-06")]
    public void It_tells_the_worst_of_two_seconds_and_neither_moves_the_relay_nor_writes_to_memory()
    {
        using var bench = new ChipBench();
        var written = bench.Written;
        (bench.Chip.Position, bench.Chip.Rssi) = (new ChipPosition(30.5, 120), -70);

        bench.Receive(ChipTopics.Test, new TestCommand(Asked));
        foreach (var (amperes, contact) in new[] { (0.2, false), (-3.4, false), (0.1, false) }) Measure(bench, amperes, contact);
        Assert.Empty(bench.Sent<TestReport>(ChipTopics.Test));
        bench.Sleep(2_000);
        Measure(bench, 0, false);

        var report = Assert.Single(bench.Sent<TestReport>(ChipTopics.Test));
        Assert.Equal((Asked, true, null, false, 3.4, 0.0), (report.Id, report.Ok, report.Why, report.Contact!.Value, report.A!.Value, report.V!.Value));
        Assert.Equal((ChipBench.Machine, false, -70, new ChipPosition(30.5, 120)), (report.Machine!.Value, report.Tamper, report.Rssi!.Value, report.Pos));
        Assert.False(bench.Chip.IsRelayClosed);
        Assert.Equal(written, bench.Written);
    }

    [Fact, Trait("Requirement", "CHIP-TEST-03")]
    public void A_contact_that_was_seen_closed_once_and_a_sensor_that_told_no_number_once_are_told()
    {
        using var bench = new ChipBench();

        bench.Receive(ChipTopics.Test, new TestCommand(Asked));
        Measure(bench, double.NaN, true);
        bench.Sleep(2_000);
        Measure(bench, 0, false);

        var report = Assert.Single(bench.Sent<TestReport>(ChipTopics.Test));
        Assert.True(report is { Ok: true, Contact: true, A: null, V: null });
    }

    [Fact, Trait("Requirement", "CHIP-TEST-02")]
    public void A_powered_machine_and_a_running_test_refuse_another_one()
    {
        using var powered = ChipBench.Powered();
        using var testing = new ChipBench();
        testing.Receive(ChipTopics.Test, new TestCommand(Guid.CreateVersion7()));

        foreach (var bench in new[] { powered, testing })
        {
            bench.Receive(ChipTopics.Test, new TestCommand(Asked));

            var report = Assert.Single(bench.Sent<TestReport>(ChipTopics.Test));
            Assert.True(report is { Ok: false, Why: ChipRefusal.Busy, Contact: null, A: null, V: null } && report.Id == Asked);
        }

        Assert.True(powered.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-TEST-04")]
    public void A_grant_ends_a_running_test_before_the_relay_closes()
    {
        using var bench = ChipBench.WithTime();
        bench.Receive(ChipTopics.Test, new TestCommand(Asked));

        Assert.True(bench.Send(bench.AGrant()).Ok);
        bench.Sleep(3_000);
        bench.Sense();

        var report = Assert.Single(bench.Sent<TestReport>(ChipTopics.Test));
        Assert.Equal((Asked, ChipRefusal.Busy), (report.Id, report.Why));
        Assert.True(report.Seq < bench.Last<Acknowledgement>(ChipTopics.Acknowledgement).Seq);
    }

    [Fact, Trait("Requirement", "CHIP-TEST-05")]
    public void A_repeat_of_the_running_test_is_answered_once_and_a_power_cut_ends_it_without_an_answer()
    {
        using var bench = new ChipBench();
        bench.Receive(ChipTopics.Test, new TestCommand(Asked));
        bench.Receive(ChipTopics.Test, new TestCommand(Asked));
        bench.Sleep(2_000);
        bench.Sense();
        bench.Sense();
        Assert.Single(bench.Sent<TestReport>(ChipTopics.Test));

        bench.Receive(ChipTopics.Test, new TestCommand(Guid.CreateVersion7()));
        bench.CutPower();
        bench.Sleep(3_000);
        bench.Sense();

        Assert.Empty(bench.Sent<TestReport>(ChipTopics.Test));
    }

    private static void Measure(ChipBench bench, double amperes, bool contact) => bench.Chip.Sense(bench.Now, new Senses(amperes, 0, false, 20, IsContactClosed: contact));
}
