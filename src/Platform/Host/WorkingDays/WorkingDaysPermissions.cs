namespace Anlan.Host.WorkingDays;

/// <summary>What one may do with the calendar of working days.</summary>
internal static class WorkingDaysPermissions
{
    /// <summary>See it.</summary>
    public const string View = "workingDays.view";

    /// <summary>Import holidays and make-up days.</summary>
    public const string Import = "workingDays.import";
}
