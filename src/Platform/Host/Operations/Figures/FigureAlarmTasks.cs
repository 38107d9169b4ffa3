using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Figures;

/// <summary>Figures of the running system that are an alarm now; the task goes by itself when the alarm is over.</summary>
internal sealed class FigureAlarmTasks(FigureBoard board, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<DeskTask>>(
        [.. board.Standings.Where(standing => standing.Alarm.RaisedAt is not null).Select(standing => new DeskTask(
            "bell", words["Desk.Figure", words["Figure." + standing.Figure.Key].Value], words[$"Figure.{standing.Figure.Key}.Why"], null, words["Desk.Figure.Do"], "/operations"))]);
}
