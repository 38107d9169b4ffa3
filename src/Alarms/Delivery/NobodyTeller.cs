using Anlan.Alarms.Board;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;

namespace Anlan.Alarms.Delivery;

/// <summary>An alarm that was told to nobody is an alarm of its own: a level without anybody who could take alarms over.</summary>
internal sealed class NobodyTeller : IAlarmTeller
{
    /// <summary>Told to nobody.</summary>
    public static readonly AlarmKind Nobody = new("alarms.nobody", typeof(Words), AlarmSeverity.Warning);

    public IReadOnlyList<AlarmKind> Kinds { get; } = [Nobody, AlarmProjection.Faulty];

    public IReadOnlyList<AlarmSignal> Tell(LogRecord record) => record.Body is PushBody { ToEnterprise: 0, ToOthers: 0, Division: { } division } push
        ? [new AlarmSignal(Nobody, $"level/{division}/{push.Level}", division, record.At) { Division = new DivisionCode(division), Measured = FactValue.Word("Nobody." + push.Level) }]
        : [];
}
