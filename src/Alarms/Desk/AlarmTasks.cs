using Anlan.Alarms.Board;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Desk;

/// <summary>Alarms that nobody took over, and those that the reader did and has not brought to an end.</summary>
internal sealed class AlarmTasks(AlarmsDb db, AlarmBoard board, AlarmWords alarmWords, CurrentScope scope, AlarmReach reach, CurrentActor current, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var suggested = await db.Suggestions.AsNoTracking().Within(scope.Now).CountAsync(suggestion => suggestion.OpenKey != null, stop);
        var open = board.OpenWithin(reach);
        return [
            .. TasksOf([.. open.Where(alarm => alarm.State == AlarmState.Raised)], "waiting"),
            .. TasksOf([.. open.Where(alarm => alarm.AcknowledgedBy == current.Actor.Account)], "mine"),
            .. suggested == 0 ? [] : (IEnumerable<DeskTask>)[new DeskTask("bell", words["Desk.Suggestions", suggested], words["Suggestions.Text"], null, words["Desk.See"], "/alarms/suggestions")],
        ];
    }

    private IEnumerable<DeskTask> TasksOf(List<Alarm> alarms, string part) => alarms.Count > DeskTask.MostOfAKind
        ? [new DeskTask("bell", words[$"Desk.Alarms.{part}", alarms.Count], words[$"Desk.Why.{part}"], null, words["Desk.See"], $"/alarms?part={part}")]
        : alarms.Select(alarm => new DeskTask("bell", words["Desk.Alarm", alarmWords.Say(alarm), alarm.Name], words[$"Desk.Why.{part}"], null, words[$"Desk.Do.{part}"], $"/alarms/{alarm.Number}"));
}
