using System.Globalization;
using Anlan.Alarms.Board;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Desk;

/// <summary>Which part of the alarms.</summary>
internal enum AlarmPart
{
    /// <summary>Not ended.</summary>
    Open,

    /// <summary>Not ended, and the reader took them over.</summary>
    Mine,

    /// <summary>Not ended, and nobody took them over.</summary>
    Waiting,

    /// <summary>Raised today.</summary>
    Today,

    /// <summary>All.</summary>
    All,
}

/// <summary>Which alarms to keep.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Kind">Only of this kind, or null.</param>
/// <param name="Severity">Only of this severity, or null.</param>
/// <param name="Division">Only in this division, or null.</param>
/// <param name="Search">Only those whose subject's name contains this, or null.</param>
/// <param name="State">Only in this state, or null.</param>
/// <param name="From">Only those raised on this day or later, or null.</param>
/// <param name="To">Only those raised on this day or earlier, or null.</param>
/// <param name="IsEscalated">Only those that were told further up because nobody took them over.</param>
internal sealed record AlarmFilter(AlarmPart Part = AlarmPart.Open, string? Kind = null, AlarmSeverity? Severity = null, string? Division = null, string? Search = null, AlarmState? State = null, DateOnly? From = null, DateOnly? To = null, bool IsEscalated = false)
{
    private DivisionRange? Area => string.IsNullOrEmpty(Division) ? null : DivisionRange.Of(new DivisionCode(Division));

    /// <summary>The alarms in a scope that match.</summary>
    public IQueryable<Alarm> Of(AnlanDb db, AlarmReach reach, CurrentActor current, CityCalendar calendar)
    {
        var alarms = reach.Within(db.Set<Alarm>().AsNoTracking());
        if (Kind is { Length: > 0 } kind) alarms = alarms.Where(alarm => alarm.Kind == kind);
        if (State is { } state) alarms = alarms.Where(alarm => alarm.State == state);
        if (IsEscalated) alarms = alarms.Where(alarm => alarm.Level > 0);
        if (From is { } from && calendar.StartOf(from) is var begin) alarms = alarms.Where(alarm => alarm.RaisedAt >= begin);
        if (To is { } to && calendar.EndOf(to) is var end) alarms = alarms.Where(alarm => alarm.RaisedAt < end);
        if (Severity is { } severity) alarms = alarms.Where(alarm => alarm.Severity == severity);
        if (Area is var (first, behind)) alarms = alarms.Where(alarm => alarm.Division != null && alarm.Division.Value >= first && alarm.Division.Value < behind);
        if (!string.IsNullOrWhiteSpace(Search))
        {
            var term = Search.Trim();
            alarms = long.TryParse(term, CultureInfo.InvariantCulture, out var number) ? alarms.Where(alarm => alarm.Number == number || alarm.Name.Contains(term)) : alarms.Where(alarm => alarm.Name.Contains(term));
        }

        var (account, today) = (current.Actor.Account, calendar.StartOf(calendar.Today));
        return Part switch
        {
            AlarmPart.Open => alarms.Where(alarm => alarm.OpenKey != null),
            AlarmPart.Mine => alarms.Where(alarm => alarm.OpenKey != null && alarm.AcknowledgedBy == account),
            AlarmPart.Waiting => alarms.Where(alarm => alarm.OpenKey != null && alarm.State == AlarmState.Raised),
            AlarmPart.Today => alarms.Where(alarm => alarm.RaisedAt >= today),
            _ => alarms,
        };
    }
}
