using Anlan.Welding.Chip.Messages;

namespace Anlan.Welding.Telemetry;

/// <summary>What a batch of points says about the arc.</summary>
/// <param name="Seconds">Seconds of arc.</param>
/// <param name="Joules">Energy while the arc burned.</param>
/// <param name="PeakAmperes">Highest current.</param>
internal readonly record struct ArcSum(double Seconds, double Joules, double PeakAmperes)
{
    /// <summary>Sums a batch.</summary>
    public static ArcSum Of(IReadOnlyList<TelemetryPoint> points)
    {
        double seconds = 0, joules = 0, peak = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (!point.Arc) continue;
            seconds += SecondsOf(points, i);
            joules += SecondsOf(points, i) * Math.Abs(point.A * point.V);
            peak = Math.Max(peak, Math.Abs(point.A));
        }

        return new ArcSum(seconds, joules, peak);
    }

    /// <summary>A point speaks for the time since the point before it, at most two seconds; the first of a batch for one (CHIP-TELEMETRY-02: one a second).</summary>
    public static double SecondsOf(IReadOnlyList<TelemetryPoint> points, int index)
    {
        const double longest = 2;
        return index == 0 ? 1 : Math.Clamp((points[index].Up - points[index - 1].Up) / 1_000.0, 0, longest);
    }
}
