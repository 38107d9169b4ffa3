namespace Anlan.Alarms;

/// <summary>What one may do with alarms.</summary>
internal static class AlarmsPermissions
{
    /// <summary>See alarms and hear them.</summary>
    public const string View = "alarms.view";

    /// <summary>Take them over, judge and close them.</summary>
    public const string Handle = "alarms.handle";

    /// <summary>Plan who is on duty, and into which groups alarms are told.</summary>
    public const string Plan = "alarms.plan";
}
