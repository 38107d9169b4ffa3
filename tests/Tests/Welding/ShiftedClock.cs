namespace Anlan.Tests.Welding;

/// <summary>Real timers, and a time of day that the test moves forward: chips over real sockets and leases of minutes in one test.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;
    private long _jump;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    /// <summary>Somebody sets the time of day; uptime and timers go on as they were.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jump, by.Ticks);

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow().AddTicks(Volatile.Read(ref _shift) + Volatile.Read(ref _jump));

    public override long GetTimestamp() => TimeProvider.System.GetTimestamp() + (long)(Volatile.Read(ref _shift) / (double)TimeSpan.TicksPerSecond * TimestampFrequency);
}
