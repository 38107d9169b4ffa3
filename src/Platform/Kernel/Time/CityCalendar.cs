namespace Anlan.Kernel.Time;

/// <summary>The city's own days: instants are UTC, a deadline or an expiry is a local date.</summary>
/// <param name="zone">The city's time zone.</param>
/// <param name="clock">The one clock.</param>
public sealed class CityCalendar(TimeZoneInfo zone, TimeProvider clock)
{
    /// <summary>The city's time zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>Today in the city.</summary>
    public DateOnly Today => DateOf(clock.GetUtcNow());

    /// <summary>Now, in UTC.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The local date of an instant.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant at which a local date begins.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The instant at which a local date ends, exclusive: a certificate that expires on a date is good through that day.</summary>
    public DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));

    /// <summary>An instant in the city's local time.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);
}
