namespace Anlan.Toolkit.Ui;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it is, in the reader's language.</param>
/// <param name="Points">In order of time; null = nothing was measured then.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(DateTimeOffset At, double? Value)> Points)
{
    private readonly Lazy<Dictionary<DateTimeOffset, double?>> _byTime = new(() => Points.GroupBy(point => point.At).ToDictionary(same => same.Key, same => same.Last().Value));

    /// <summary>The value at a moment, or null.</summary>
    public double? ValueAt(DateTimeOffset at) => _byTime.Value.GetValueOrDefault(at);
}

/// <summary>The upright axis of a chart: from zero, or from below it where values are, to a round number.</summary>
/// <param name="Low">Lowest value.</param>
/// <param name="Step">Between two lines of the grid.</param>
/// <param name="Steps">So many.</param>
internal readonly record struct ChartScale(double Low, double Step, int Steps)
{
    private const int MostSteps = 5;

    /// <summary>The values of the grid.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (var i = 0; i <= Steps; i++) yield return Low + i * Step;
        }
    }

    /// <summary>An axis that holds all values.</summary>
    public static ChartScale Over(IReadOnlyList<double> values)
    {
        var (low, high) = (Math.Min(0, values.DefaultIfEmpty(0).Min()), Math.Max(values.DefaultIfEmpty(1).Max(), 0));
        if (high <= low) high = low + 1;
        var raw = (high - low) / MostSteps;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = ((double[])[1, 2, 2.5, 5, 10]).First(factor => factor * magnitude >= raw - 1e-12) * magnitude;
        var first = Math.Floor(low / step);
        return new ChartScale(first * step, step, (int)Math.Round(Math.Ceiling(high / step - 1e-9) - first));
    }

    /// <summary>Height of a value in percent.</summary>
    public double Of(double value) => (value - Low) / (Step * Steps) * 100;
}
