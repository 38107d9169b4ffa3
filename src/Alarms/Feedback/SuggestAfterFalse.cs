using Anlan.Alarms.Board;
using Anlan.Alarms.Escalation;
using Anlan.Contracts.Alarms;
using Anlan.Kernel.Events;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Feedback;

/// <summary>Suggests something once a source was called false as often as the rule book says; what was decided before is not suggested again for the same marks.</summary>
internal sealed class SuggestAfterFalse(AlarmsDb db, AlarmKinds kinds, RuleBook book, CityCalendar calendar) : IEventSubscriber<AlarmJudged>
{
    public async Task HandleAsync(AlarmJudged happened, Guid eventId, CancellationToken stop)
    {
        if (happened.IsTrue) return;
        if (await db.Alarms.AsNoTracking().SingleOrDefaultAsync(alarm => alarm.Number == happened.Alarm, stop) is not { } alarm || kinds.Find(alarm.Kind) is not { } kind) return;
        var openKey = AlarmSignal.KeyOf(alarm.Kind, alarm.Source);
        if (await db.Suggestions.AnyAsync(suggestion => suggestion.OpenKey == openKey, stop)) return;
        var about = new RuleCase(calendar.Today) { Place = alarm.Division, Subject = AlarmQuestions.SubjectOf(alarm.Severity) };
        var since = calendar.Now - book.Demand(AlarmQuestions.FalseWindow, about).Span;
        var decided = await db.Suggestions.Where(suggestion => suggestion.Kind == alarm.Kind && suggestion.Subject == alarm.Source).MaxAsync(suggestion => suggestion.DecidedAt, stop);
        if (decided > since) since = decided.Value;
        var marks = await db.Alarms.CountAsync(known => known.Kind == alarm.Kind && known.Source == alarm.Source && known.State == AlarmState.False && known.JudgedAt >= since, stop);
        if (book.Demand(AlarmQuestions.FalseMarks, about).IsKeptBy(marks)) return;
        db.Suggestions.Add(new AlarmSuggestion
        {
            Id = Guid.CreateVersion7(),
            Kind = alarm.Kind,
            Subject = alarm.Source,
            Name = alarm.Name,
            OpenKey = openKey,
            Enterprise = alarm.Enterprise,
            Division = alarm.Division,
            Advice = kind.WhenFalse,
            FalseMarks = marks,
            RaisedAt = calendar.Now,
        });
        await db.Context.SaveAsync(stop);
    }
}
