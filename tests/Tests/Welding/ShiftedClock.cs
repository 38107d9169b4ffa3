namespace Anlan.Tests.Welding;

/// <summary>Real timers, and a time of day that the test moves forward: chips over real sockets and leases of minutes in one test.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public override long GetTimestamp() => TimeProvider.System.GetTimestamp() + (long)(Volatile.Read(ref _shift) / (double)TimeSpan.TicksPerSecond * TimestampFrequency);
}
