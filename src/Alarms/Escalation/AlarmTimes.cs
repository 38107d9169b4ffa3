using Anlan.Alarms.Board;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;

namespace Anlan.Alarms.Escalation;

/// <summary>When an alarm that nobody takes over is told further up, by the rules of the day on which it was raised.</summary>
internal sealed class AlarmTimes(RuleBook book, CityCalendar calendar)
{
    /// <summary>The rules behind a level.</summary>
    public RuleAnswer RuleOf(Alarm alarm, int level) =>
        book.Demand(AlarmQuestions.Wait(level), new RuleCase(calendar.DateOf(alarm.RaisedAt)) { Place = alarm.Division, Subject = AlarmQuestions.SubjectOf(alarm.Severity) });

    /// <summary>When a level is told, if nobody takes it over.</summary>
    public DateTimeOffset DueAt(Alarm alarm, int level) => alarm.RaisedAt + RuleOf(alarm, level).Span;

    /// <summary>The next level and when it is told; null when there is none: somebody took it over, everybody was told, or it is the installation's own.</summary>
    public (int Level, DateTimeOffset At)? NextOf(Alarm alarm) =>
        alarm is { State: AlarmState.Raised, Level: < AlarmQuestions.Highest } && (alarm.Enterprise is not null || alarm.Division is not null) ? (alarm.Level + 1, DueAt(alarm, alarm.Level + 1)) : null;
}
