using Anlan.Simulator.Chips;

namespace Anlan.Tests.Platform.Simulator.Chips;

public sealed class BackOffTests
{
    [Fact, Trait("Requirement", "CHIP-CONN-05")]
    public void Waiting_doubles_up_to_a_minute_and_is_never_the_same_for_all()
    {
        var waits = Enumerable.Range(0, 200).Select(seed =>
        {
            var backOff = new BackOff(new Random(seed));
            return Enumerable.Range(0, 10).Select(_ => backOff.Next().TotalSeconds).ToList();
        }).ToList();

        for (var attempt = 0; attempt < 10; attempt++)
        {
            var middle = Math.Min(60, Math.Pow(2, attempt));
            Assert.All(waits, series => Assert.InRange(series[attempt], middle * 0.5, Math.Min(60, middle * 1.5)));
            Assert.True(waits.Select(series => Math.Round(series[attempt], 2)).Distinct().Count() > 30);
        }
    }

    [Fact, Trait("Requirement", "CHIP-CONN-05")]
    public void After_a_success_waiting_begins_anew()
    {
        var backOff = new BackOff(new Random(1));
        for (var attempt = 0; attempt < 8; attempt++) backOff.Next();

        backOff.Reset();

        Assert.InRange(backOff.Next().TotalSeconds, 0.5, 1.5);
    }
}
