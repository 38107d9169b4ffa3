using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Figures;

namespace Anlan.Host.Operations.Figures;

/// <summary>
/// Figures that are an alarm, for whoever runs the installation. Where the read tables themselves stand still no alarm can be read out of them: the desk and the page of operations say it
/// from memory then (<see cref="FigureAlarmTasks"/>).
/// </summary>
internal sealed class FigureWatch(FigureBoard board, FigureLimits limits, IEnumerable<Figure> figures) : IAlarmWatch
{
    private readonly Dictionary<string, AlarmKind> _kinds = figures.ToDictionary(figure => figure.Key, KindOf, StringComparer.Ordinal);

    public IReadOnlyList<AlarmKind> Kinds => [.. _kinds.Values];

    private static AlarmKind KindOf(Figure figure) => new("operations." + figure.Key, typeof(Words), AlarmSeverity.Warning, AlarmOwner.Installation) { ClosesItself = true, Page = new AlarmPlace("/operations", OperationsPermissions.View, HasName: false) };

    public Task<IReadOnlyList<AlarmSignal>> LookAsync(DateTimeOffset now, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<AlarmSignal>>([.. board.Standings.Where(standing => standing.Alarm.RaisedAt is not null).Select(standing => Signal(standing, now))]);

    private AlarmSignal Signal(FigureBoard.Standing standing, DateTimeOffset now)
    {
        var (figure, rule) = (standing.Figure, limits.RuleOf(standing.Figure));
        return new AlarmSignal(_kinds[figure.Key], "figure/" + figure.Key, figure.Key, now)
        {
            Lasts = true,
            Measured = standing.Value is { } value ? Said(figure.Unit, value) : null,
            Limit = Said(figure.Unit, standing.Alarm.Limit),
            Rule = rule?.Deciding.Id,
            RuleOn = rule?.Rules[0].On,
        };
    }

    private static FactValue Said(FigureUnit unit, double value) => unit switch
    {
        FigureUnit.Seconds => FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{value:0.###} s")),
        FigureUnit.Percent => FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{value:0.#} %")),
        _ => FactValue.Count((long)value),
    };
}
