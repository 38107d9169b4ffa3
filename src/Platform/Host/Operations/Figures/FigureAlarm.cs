namespace Anlan.Host.Operations.Figures;

/// <summary>
/// Whether a figure is an alarm: after it stood at its limit or above for a while, until it stood below for a while. A figure that cannot be measured stands above:
/// nobody knows that all is well.
/// </summary>
/// <param name="Limit">From where on it is too much.</param>
internal sealed record FigureAlarm(double Limit)
{
    /// <summary>Since when there is an alarm; null = none.</summary>
    public DateTimeOffset? RaisedAt { get; private init; }

    /// <summary>Since when the figure says otherwise than the alarm does.</summary>
    public DateTimeOffset? TurnedAt { get; private init; }

    /// <summary>True when it is measured to be too much.</summary>
    public bool IsPast(double? value) => value is not { } known || known >= Limit;

    /// <summary>The alarm after a measurement.</summary>
    public FigureAlarm After(double? value, DateTimeOffset now, TimeSpan raiseAfter, TimeSpan clearAfter)
    {
        if (IsPast(value) == RaisedAt is not null) return TurnedAt is null ? this : this with { TurnedAt = null };
        // A clock that was set back begins the wait anew instead of drawing it out.
        var turned = TurnedAt is { } since && since <= now ? since : now;
        if (now - turned < (RaisedAt is null ? raiseAfter : clearAfter)) return this with { TurnedAt = turned };
        return this with { RaisedAt = RaisedAt is null ? now : null, TurnedAt = null };
    }
}
