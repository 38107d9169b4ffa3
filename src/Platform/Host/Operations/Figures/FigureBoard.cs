using System.Diagnostics.Metrics;
using Anlan.Toolkit.Figures;

namespace Anlan.Host.Operations.Figures;

/// <summary>The figures as they were measured last, with their alarms; in memory, for pages, tasks and metrics.</summary>
internal sealed class FigureBoard : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Anlan.Figures";

    private readonly Meter _meter = new(MeterName);
    private volatile Standing[] _standings;

    public FigureBoard(IEnumerable<Figure> figures, FigureLimits limits)
    {
        _standings = [.. figures.Select(figure => new Standing(figure, null, new FigureAlarm(limits.Of(figure))))];
        for (var i = 0; i < _standings.Length; i++)
        {
            var (place, figure) = (i, _standings[i].Figure);
            _meter.CreateObservableGauge("anlan." + figure.Key, () => Observe(_standings[place]), figure.Unit == FigureUnit.Seconds ? "s" : null, figure.Description);
        }

        _meter.CreateObservableGauge("anlan.alarm", () => _standings.Select(standing => new Measurement<int>(standing.Alarm.RaisedAt is null ? 0 : 1, new KeyValuePair<string, object?>("figure", standing.Figure.Key))), null, "1 while the figure is an alarm.");
    }

    /// <summary>A figure now.</summary>
    /// <param name="Figure">Which one.</param>
    /// <param name="Value">What was measured; null before the first time and when it could not be measured.</param>
    /// <param name="Alarm">Its alarm.</param>
    public sealed record Standing(Figure Figure, double? Value, FigureAlarm Alarm);

    /// <summary>When it was measured; null before the first time.</summary>
    public DateTimeOffset? MeasuredAt { get; private set; }

    /// <summary>All figures in the order of their declaration.</summary>
    public IReadOnlyList<Standing> Standings => _standings;

    /// <summary>Takes over a measurement.</summary>
    public void Take(DateTimeOffset at, Standing[] standings) => (MeasuredAt, _standings) = (at, standings);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    // What is unknown has no sample: a zero would say that all is well.
    private static IEnumerable<Measurement<double>> Observe(Standing standing) => standing.Value is { } value ? [new Measurement<double>(value)] : [];
}
