using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Alarms;

/// <summary>What is said of a condition: that it is there, once more or for the first time, or that it is over.</summary>
/// <param name="Kind">Which condition.</param>
/// <param name="Subject">Where, together with the kind the key of which one alarm is open at a time: <c>machine/…</c>, <c>figure/…</c>.</param>
/// <param name="Name">What people call the subject: a machine's code.</param>
/// <param name="At">When.</param>
public sealed record AlarmSignal(AlarmKind Kind, string Subject, string Name, DateTimeOffset At)
{
    /// <summary>True when it is over.</summary>
    public bool IsOver { get; init; }

    /// <summary>True when it goes on until it is said to be over; false for what happens in a moment.</summary>
    public bool Lasts { get; init; }

    /// <summary>Whose it is, or null.</summary>
    public Guid? Enterprise { get; init; }

    /// <summary>Where it is, or null.</summary>
    public DivisionCode? Division { get; init; }

    /// <summary>Where it is on the map, WGS-84, or null.</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>Where it comes from again and again, for whoever thinks about false alarms: a camera's zone, while each person is a subject. Null = the subject.</summary>
    public string? Source { get; init; }

    /// <summary>Address of the picture that shows it, of this server and asked for with the reader's own permissions; or null.</summary>
    public string? Picture { get; init; }

    /// <summary>What was measured, or null.</summary>
    public FactValue? Measured { get; init; }

    /// <summary>What is allowed, or null.</summary>
    public FactValue? Limit { get; init; }

    /// <summary>Id of the rule that names the limit, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>The day that made the rule apply, or null.</summary>
    public DateOnly? RuleOn { get; init; }

    /// <summary>The key of which one alarm is open at a time.</summary>
    public string Key => KeyOf(Kind.Key, Subject);

    /// <summary>The key of a condition.</summary>
    public static string KeyOf(string kind, string subject) => $"{kind}|{subject}";
}

/// <summary>Hears conditions out of log entries. Asked in the order of the log, in the projector's transaction: from memory, without asking a database.</summary>
public interface IAlarmTeller
{
    /// <summary>The kinds of which it tells; nobody else does.</summary>
    IReadOnlyList<AlarmKind> Kinds { get; }

    /// <summary>What the entry says of conditions: at most one that begins or goes on, because an alarm is numbered by its entry, and any number that are over. Empty when it says nothing.</summary>
    IReadOnlyList<AlarmSignal> Tell(LogRecord record);
}

/// <summary>Sees conditions that no single log entry tells, because they come of time going by.</summary>
public interface IAlarmWatch
{
    /// <summary>The kinds that it watches; nobody else tells of them.</summary>
    IReadOnlyList<AlarmKind> Kinds { get; }

    /// <summary>All conditions of these kinds that are there now.</summary>
    Task<IReadOnlyList<AlarmSignal>> LookAsync(DateTimeOffset now, CancellationToken stop);
}
