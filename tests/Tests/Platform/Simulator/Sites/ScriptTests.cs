using Anlan.Simulator.Sites;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Tests.Platform.Simulator.Sites;

public sealed class ScriptTests
{
    [Fact]
    public void The_same_seed_brings_the_same_mishaps_and_the_same_work()
    {
        Assert.Equal(SiteScript.Of(7, "SIM-0001").Take(200), SiteScript.Of(7, "SIM-0001").Take(200));
        Assert.Equal(WelderScript.Of(7, "welder01").Take(200), WelderScript.Of(7, "welder01").Take(200));
        Assert.NotEqual(SiteScript.Of(7, "SIM-0001").Take(20), SiteScript.Of(8, "SIM-0001").Take(20));
        Assert.NotEqual(SiteScript.Of(7, "SIM-0001").Take(20), SiteScript.Of(7, "SIM-0002").Take(20));
    }

    [Fact]
    public void Networks_are_lost_often_power_sometimes_and_tampering_is_rare()
    {
        var counts = SiteScript.Of(1, "SIM-0001").Take(20_000).CountBy(happening => happening.What).ToDictionary();

        Assert.True(counts[Mishap.NetworkLost] > counts[Mishap.PowerCut]);
        Assert.True(counts[Mishap.PowerCut] > counts[Mishap.GasLeak]);
        Assert.InRange(counts[Mishap.Tampering], 40, 140);
    }

    [Fact]
    public void A_machine_with_power_shows_arcs_and_pauses_and_never_overheats_by_itself()
    {
        var scene = new WeldingScene("electric", 400, 30, 120, new Random(1));
        var readings = Enumerable.Range(0, 18_000).Select(step => scene.Read(step * 200, isPowered: true)).ToList();

        Assert.Contains(readings, senses => senses.Arc && senses.Amperes > 100);
        Assert.Contains(readings, senses => !senses.Arc);
        Assert.All(readings, senses => Assert.InRange(senses.Temperature, 20, ChipTimings.OverTemperature - 5));
    }

    [Fact]
    public void A_machine_without_power_shows_no_arc()
    {
        var scene = new WeldingScene("electric", 400, 30, 120, new Random(1));

        Assert.All(Enumerable.Range(0, 1_000), step => Assert.False(scene.Read(step * 200, isPowered: false).Arc));
    }

    [Fact]
    public void An_opened_case_and_a_gas_leak_are_over_after_a_while_and_only_gas_machines_leak()
    {
        var gas = new WeldingScene("gas", 100, 30, 120, new Random(1));
        gas.OpenCase();
        gas.LeakGas();
        Assert.Equal((true, true), (gas.Read(1_000, false).IsOpened, gas.Read(1_000, false).Gas));
        Assert.Equal((false, false), (gas.Read(60_000, false).IsOpened, gas.Read(60_000, false).Gas));

        var electric = new WeldingScene("electric", 400, 30, 120, new Random(1));
        electric.LeakGas();
        Assert.False(electric.Read(1_000, false).Gas);
    }
}
