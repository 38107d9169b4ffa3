using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Retention;

namespace Anlan.Toolkit.Telemetry;

/// <summary>The measurements as they were received are kept for a term, in whole days (UTC) of receipt; what they were rolled up to stays. They name nobody.</summary>
public sealed class RetainedTelemetry(TelemetryLog telemetry) : IRetainedRecords
{
    /// <inheritdoc />
    public string Key => "telemetry";

    /// <inheritdoc />
    public Task<RetentionStanding> LookAsync(AnlanDb db, DateTimeOffset before, Held held, CancellationToken stop)
    {
        var oldest = telemetry.Store.Read(0, 1);
        if (oldest.Count == 0) return Task.FromResult(new RetentionStanding(0, null, 0, 0));
        var (seq, entry) = oldest[0];
        return Task.FromResult(new RetentionStanding(Count(telemetry.LastSeq - seq + 1), LogEntry.Decode(seq, entry).At, Count(telemetry.Store.CountBefore(DayOf(before))), 0));
    }

    /// <inheritdoc />
    public Task<int> DeleteAsync(AnlanDb db, DateTimeOffset before, Held held, int most, CancellationToken stop)
    {
        var due = telemetry.Store.CountBefore(DayOf(before));
        if (due > 0) telemetry.Store.Forget(DayOf(before), stop);
        return Task.FromResult(Count(due));
    }

    private static DateOnly DayOf(DateTimeOffset before) => DateOnly.FromDateTime(before.UtcDateTime);

    private static int Count(long entries) => (int)Math.Min(entries, int.MaxValue);
}
