using Anlan.Contracts.Welding;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Telemetry;

/// <summary>Rolls measurements up to minutes, hours and days, also those that arrive late.</summary>
internal sealed class RollUpProjection(CityCalendar calendar) : IProjection
{
    private readonly ProjectedRows<Key, MeasuredSpan> _lately = new(most: 100_000);

    public async Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        var added = new Dictionary<Key, MeasuredSpan>();
        foreach (var record in batch)
        {
            if (record.Body is TelemetryBody { Machine: { } machine } body) Add(added, body, new MachineId(machine), record);
        }

        if (added.Count == 0) return;
        var rows = await _lately.TakeAsync(added.Keys, missing => ReadAsync(db, missing, stop));
        foreach (var (key, more) in added)
        {
            var row = rows.TryGetValue(key, out var known) ? Joined(known, more) : more;
            db.Put(row);
            _lately.Keep(key, row);
            // A minute that is over is not added to, but by what arrives late; that is read again.
            if (key.Kind == SpanKind.Minute) _lately.Forget(key with { From = key.From.AddMinutes(-2) });
        }
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch) => _lately.Saved();

    private void Add(Dictionary<Key, MeasuredSpan> spans, TelemetryBody body, MachineId machine, LogRecord record)
    {
        var minute = DateTimeOffset.MinValue;
        MeasuredSpan[] into = [];
        for (var i = 0; i < body.Points.Count; i++)
        {
            var (point, at) = (body.Points[i], PointTime.Of(body, body.Points[i], record.At));
            // Points of a message mostly lie in the same minute, and then in the same hour and day.
            if (at < minute || at >= minute.AddMinutes(1) || into.Length == 0)
            {
                minute = Floor(at, TimeSpan.TicksPerMinute);
                into = [SpanOf(SpanKind.Minute, minute), SpanOf(SpanKind.Hour, Floor(at, TimeSpan.TicksPerHour)), SpanOf(SpanKind.Day, calendar.StartOf(calendar.DateOf(at)))];
            }

            foreach (var span in into) Add(span, point, ArcSum.SecondsOf(body.Points, i), record.Seq);
        }

        MeasuredSpan SpanOf(SpanKind kind, DateTimeOffset from)
        {
            var key = new Key(kind, machine, from);
            if (!spans.TryGetValue(key, out var span)) spans[key] = span = new MeasuredSpan { Kind = kind, Machine = machine, From = from, FirstSeq = record.Seq, PeakTemperature = double.MinValue };
            return span;
        }
    }

    private static void Add(MeasuredSpan span, TelemetryPoint point, double seconds, long seq)
    {
        span.Points++;
        span.LastSeq = seq;
        span.PeakTemperature = Math.Max(span.PeakTemperature, point.Temp);
        if (point.Gas) span.GasPoints++;
        if (!point.Arc) return;
        span.ArcPoints++;
        span.ArcSeconds += seconds;
        span.ArcJoules += seconds * Math.Abs(point.A * point.V);
        span.SumAmperes += Math.Abs(point.A);
        span.SumVolts += Math.Abs(point.V);
        span.PeakAmperes = Math.Max(span.PeakAmperes, Math.Abs(point.A));
    }

    // A new row: the known one stays as it is in case that this transaction fails.
    private static MeasuredSpan Joined(MeasuredSpan known, MeasuredSpan more) => new()
    {
        Kind = known.Kind,
        Machine = known.Machine,
        From = known.From,
        Points = known.Points + more.Points,
        ArcPoints = known.ArcPoints + more.ArcPoints,
        ArcSeconds = known.ArcSeconds + more.ArcSeconds,
        ArcJoules = known.ArcJoules + more.ArcJoules,
        SumAmperes = known.SumAmperes + more.SumAmperes,
        SumVolts = known.SumVolts + more.SumVolts,
        PeakAmperes = Math.Max(known.PeakAmperes, more.PeakAmperes),
        PeakTemperature = Math.Max(known.PeakTemperature, more.PeakTemperature),
        GasPoints = known.GasPoints + more.GasPoints,
        FirstSeq = Math.Min(known.FirstSeq, more.FirstSeq),
        LastSeq = Math.Max(known.LastSeq, more.LastSeq),
    };

    private static async Task<Dictionary<Key, MeasuredSpan>> ReadAsync(AnlanDb db, List<Key> keys, CancellationToken stop)
    {
        var found = new Dictionary<Key, MeasuredSpan>();
        // By stretch: few stretches, many machines.
        foreach (var stretch in keys.GroupBy(key => (key.Kind, key.From)))
        {
            var (kind, from) = stretch.Key;
            foreach (var part in stretch.Select(key => key.Machine).Chunk(1_000))
            {
                foreach (var row in await db.Set<MeasuredSpan>().AsNoTracking().Where(span => span.Kind == kind && span.From == from && part.Contains(span.Machine)).ToListAsync(stop)) found[new Key(kind, row.Machine, from)] = row;
            }
        }

        return found;
    }

    private static DateTimeOffset Floor(DateTimeOffset at, long ticks) => new(at.UtcTicks - at.UtcTicks % ticks, TimeSpan.Zero);

    private readonly record struct Key(SpanKind Kind, MachineId Machine, DateTimeOffset From);
}

/// <summary>When a point was measured.</summary>
internal static class PointTime
{
    /// <summary>By the chip's clock where it is trusted, else counted back from the receipt; never after the receipt.</summary>
    public static DateTimeOffset Of(TelemetryBody body, TelemetryPoint point, DateTimeOffset receivedAt)
    {
        var at = point.T is { } t ? DateTimeOffset.FromUnixTimeMilliseconds(t) : body.At is { } told ? DateTimeOffset.FromUnixTimeMilliseconds(told - (body.Up - point.Up)) : receivedAt - TimeSpan.FromMilliseconds(Math.Max(0, body.Up - point.Up));
        return at > receivedAt ? receivedAt : at;
    }
}
