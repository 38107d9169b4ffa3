using Anlan.Kernel.Outcomes;

namespace Anlan.Alarms.Board;

/// <summary>Which step may follow which: raised, acknowledged, on site, verified or false, handled, closed or referred.</summary>
internal static class AlarmRule
{
    /// <summary>Longest note.</summary>
    public const int LongestNote = 200;

    /// <summary>What people do, in the order in which it is usually done.</summary>
    public static IReadOnlyList<AlarmAct> Acts { get; } = [AlarmAct.Acknowledge, AlarmAct.Arrive, AlarmAct.Verify, AlarmAct.MarkFalse, AlarmAct.Handle, AlarmAct.Close, AlarmAct.Refer, AlarmAct.Silence];

    /// <summary>True until it has ended.</summary>
    public static bool IsOpen(AlarmState state) => state is not (AlarmState.False or AlarmState.Closed or AlarmState.Referred);

    /// <summary>True where whoever acts has to say why, or what was found or done.</summary>
    public static bool AsksNote(AlarmAct act) => act is AlarmAct.MarkFalse or AlarmAct.Handle or AlarmAct.Refer or AlarmAct.Silence;

    /// <summary>What stands against what somebody wrote, or null. A control character would pass the log and be refused by a database ever after: no read table would go on.</summary>
    public static Refusal? CheckNote(string field, string note, bool isNeeded) =>
        note.Length <= LongestNote && !(isNeeded && note.Length == 0) && !note.Any(char.IsControl) ? null : Refusal.OfField(field, "AlarmNoteMissing") with { Measured = FactValue.Count(note.Length), Limit = FactValue.Count(LongestNote) };

    /// <summary>What stands against a step, or null.</summary>
    public static Refusal? Check(Alarm alarm, AlarmAct act) => (alarm.State, act) switch
    {
        (AlarmState.Raised, AlarmAct.Acknowledge or AlarmAct.Silence or AlarmAct.MarkFalse or AlarmAct.Arrive) => null,
        (AlarmState.Acknowledged, AlarmAct.Arrive or AlarmAct.Verify or AlarmAct.MarkFalse) => null,
        (AlarmState.OnSite, AlarmAct.Verify or AlarmAct.MarkFalse) => null,
        (AlarmState.Verified, AlarmAct.Handle or AlarmAct.Refer) => null,
        (AlarmState.Handled, AlarmAct.Refer) => null,
        // Closed while it goes on, it would be forgotten: nobody is told of the same condition twice.
        (AlarmState.Handled, AlarmAct.Close) => alarm.IsLasting ? new Refusal("AlarmLasts") : null,
        _ => new Refusal("AlarmStepOutOfTurn") { Measured = FactValue.Word("State." + alarm.State) },
    };

    /// <summary>The state after a step that <see cref="Check"/> has nothing against.</summary>
    public static AlarmState After(AlarmState state, AlarmAct act) => act switch
    {
        AlarmAct.Acknowledge => AlarmState.Acknowledged,
        AlarmAct.Arrive => AlarmState.OnSite,
        AlarmAct.Verify => AlarmState.Verified,
        AlarmAct.MarkFalse => AlarmState.False,
        AlarmAct.Handle => AlarmState.Handled,
        AlarmAct.Close => AlarmState.Closed,
        AlarmAct.Refer => AlarmState.Referred,
        _ => state,
    };
}
