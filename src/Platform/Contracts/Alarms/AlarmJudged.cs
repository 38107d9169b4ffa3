using Anlan.Kernel.Events;

namespace Anlan.Contracts.Alarms;

/// <summary>Somebody said of an alarm that it is so, or that it is a false one: whoever keeps what raised it learns from it.</summary>
/// <param name="Alarm">Number of the alarm, also the position of the log entry that raised it.</param>
/// <param name="Kind">Key of its kind.</param>
/// <param name="About">What it is about: <c>machine/…</c>, <c>camera/…</c>.</param>
/// <param name="IsTrue">True when it is so.</param>
/// <param name="At">When it was said.</param>
public sealed record AlarmJudged(long Alarm, string Kind, string About, bool IsTrue, DateTimeOffset At) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => "alarm/" + Alarm;
}
