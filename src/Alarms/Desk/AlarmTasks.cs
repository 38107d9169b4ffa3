using Anlan.Alarms.Board;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Desk;

/// <summary>Alarms that nobody took over, and those that the reader did and has not brought to an end.</summary>
internal sealed class AlarmTasks(AlarmBoard board, AlarmWords alarmWords, CurrentScope scope, CurrentActor current, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var open = board.OpenWithin(scope.Now);
        return Task.FromResult<IReadOnlyList<DeskTask>>([
            .. TasksOf([.. open.Where(alarm => alarm.State == AlarmState.Raised)], "waiting"),
            .. TasksOf([.. open.Where(alarm => alarm.AcknowledgedBy == current.Actor.Account)], "mine"),
        ]);
    }

    private IEnumerable<DeskTask> TasksOf(List<Alarm> alarms, string part) => alarms.Count > DeskTask.MostOfAKind
        ? [new DeskTask("bell", words[$"Desk.Alarms.{part}", alarms.Count], words[$"Desk.Why.{part}"], null, words["Desk.See"], $"/alarms?part={part}")]
        : alarms.Select(alarm => new DeskTask("bell", words["Desk.Alarm", alarmWords.Say(alarm), alarm.Name], words[$"Desk.Why.{part}"], null, words[$"Desk.Do.{part}"], $"/alarms/{alarm.Number}"));
}
