using Anlan.Alarms.Board;
using Anlan.Toolkit.Alarms;

namespace Anlan.Alarms.Desk;

/// <summary>How alarms are drawn; the words come from <c>Words</c>: <c>State.{state}</c>, <c>Severity.{severity}</c>.</summary>
internal static class AlarmLook
{
    /// <summary>Tone of a severity.</summary>
    public static string Tone(AlarmSeverity severity) => severity switch
    {
        AlarmSeverity.Severe => "bad",
        AlarmSeverity.Warning => "warn",
        _ => "info",
    };

    /// <summary>Tone of a state.</summary>
    public static string Tone(AlarmState state) => state switch
    {
        AlarmState.Raised => "bad",
        AlarmState.Acknowledged or AlarmState.OnSite or AlarmState.Verified => "info",
        AlarmState.Handled or AlarmState.Closed => "ok",
        _ => "off",
    };

    /// <summary>Tone of a step.</summary>
    public static string Tone(AlarmAct act) => act switch
    {
        AlarmAct.Raise or AlarmAct.Escalate => "bad",
        AlarmAct.Over or AlarmAct.Handle or AlarmAct.Close => "ok",
        AlarmAct.MarkFalse or AlarmAct.Silence => "off",
        _ => "info",
    };
}
