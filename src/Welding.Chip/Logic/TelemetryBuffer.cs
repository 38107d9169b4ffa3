using Anlan.Welding.Chip.Messages;

namespace Anlan.Welding.Chip.Logic;

/// <summary>Collects points into batches; a batch belongs to one session (CHIP-TELEMETRY).</summary>
internal sealed class TelemetryBuffer
{
    private const int IdleBatch = 10;
    private readonly List<TelemetryPoint> _points = [];
    private long _lastPoint = long.MinValue / 2;

    /// <summary>Takes a point when its time has come; true when the batch is complete.</summary>
    public bool Take(ChipTick now, long? clock, in Senses senses, bool isPowered)
    {
        var isWorthIt = isPowered || senses.Arc;
        if (now.Up - _lastPoint < (isWorthIt ? ChipTimings.PointPeriod : ChipTimings.IdlePointPeriod)) return false;
        _lastPoint = now.Up;
        _points.Add(new TelemetryPoint(clock, now.Up, Round(senses.Amperes), Round(senses.Volts), senses.Arc, Round(senses.Temperature), senses.Gas));
        return _points.Count >= (isWorthIt ? TelemetryBatch.MostPoints : IdleBatch) || (isWorthIt && now.Up - _points[0].Up >= ChipTimings.BatchPeriod);
    }

    /// <summary>The collected points, or null when there are none; begins anew.</summary>
    public IReadOnlyList<TelemetryPoint>? Flush()
    {
        if (_points.Count == 0) return null;
        TelemetryPoint[] batch = [.. _points];
        _points.Clear();
        return batch;
    }

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 1) : 0;
}
