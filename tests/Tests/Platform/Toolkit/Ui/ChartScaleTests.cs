using Anlan.Toolkit.Ui;

namespace Anlan.Tests.Platform.Toolkit.Ui;

/// <summary>A chart's axis begins at zero, or below where values are, and ends at a round number that holds every value.</summary>
public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(new double[] { }, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(new double[] { 0 }, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(new double[] { 187, 400 }, "0 100 200 300 400")]
    [InlineData(new double[] { 401 }, "0 100 200 300 400 500")]
    [InlineData(new double[] { 24.6 }, "0 5 10 15 20 25")]
    [InlineData(new double[] { -12, 41 }, "-20 0 20 40 60")]
    [InlineData(new double[] { -3 }, "-3 -2 -1 0")]
    public void The_axis_is_round_and_holds_every_value(double[] values, string ticks)
    {
        var scale = ChartScale.Over(values);

        Assert.Equal(ticks, string.Join(' ', scale.Ticks.Select(tick => Math.Round(tick, 6).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.All(values, value => Assert.InRange(scale.Of(value), 0, 100));
    }
}
