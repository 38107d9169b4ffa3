using Anlan.Toolkit.Access;

namespace Anlan.Alarms.Board;

/// <summary>Which alarms concern whoever asks: those within the scope, and for whoever runs the installation its own ones only, because no enterprise's machine is theirs to see to.</summary>
internal sealed class AlarmReach(CurrentScope scope, CurrentActor current)
{
    private bool IsInstallation => scope.Now.IsEverything && !ReferenceEquals(current.Actor, Actor.System);

    /// <summary>Only the alarms that concern whoever asks.</summary>
    public IQueryable<Alarm> Within(IQueryable<Alarm> alarms) => IsInstallation ? alarms.Where(alarm => alarm.Enterprise == null && alarm.Division == null) : alarms.Within(scope.Now);

    /// <summary>True when the alarm concerns whoever asks.</summary>
    public bool Covers(Alarm alarm) => IsInstallation ? alarm is { Enterprise: null, Division: null } : alarm.Anchor.IsWithin(scope.Now);
}
