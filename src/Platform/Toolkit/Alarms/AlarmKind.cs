namespace Anlan.Toolkit.Alarms;

/// <summary>How bad it is; decides how soon somebody higher is told.</summary>
public enum AlarmSeverity
{
    /// <summary>To be seen to, today.</summary>
    Notice,

    /// <summary>To be seen to now.</summary>
    Warning,

    /// <summary>Somebody may be hurt at any moment.</summary>
    Severe,
}

/// <summary>Who sees to it first.</summary>
public enum AlarmOwner
{
    /// <summary>The enterprise; whoever supervises it is told at the same time and takes over when nobody answers.</summary>
    Enterprise,

    /// <summary>Whoever runs the installation.</summary>
    Installation,
}

/// <summary>What an alarm has to bring besides the log entry that told of it.</summary>
[Flags]
public enum AlarmEvidence
{
    /// <summary>The entry is enough.</summary>
    Entry = 0,

    /// <summary>What was measured and what is allowed.</summary>
    Measured = 1,

    /// <summary>A picture.</summary>
    Picture = 2,
}

/// <summary>
/// A condition of which people are told, declared by the module that knows it. Its words: <c>Alarm.{Key}</c> says what is the matter, with the measured value and the limit
/// to be filled in, <c>Alarm.{Key}.Do</c> what to do now.
/// </summary>
/// <param name="Key">For example <c>welding.gas</c>; never reused for something else.</param>
/// <param name="Words">The resource class of the words.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Owner">Who sees to it first.</param>
public sealed record AlarmKind(string Key, Type Words, AlarmSeverity Severity, AlarmOwner Owner = AlarmOwner.Enterprise)
{
    /// <summary>What it has to bring.</summary>
    public AlarmEvidence Needs { get; init; }

    /// <summary>True when the alarm ends with its condition, without a person's word.</summary>
    public bool ClosesItself { get; init; }
}

/// <summary>All kinds of this installation.</summary>
public sealed class AlarmKinds(IEnumerable<IAlarmTeller> tellers, IEnumerable<IAlarmWatch> watches)
{
    private readonly Dictionary<string, AlarmKind> _kinds = tellers.SelectMany(teller => teller.Kinds).Concat(watches.SelectMany(watch => watch.Kinds)).ToDictionary(kind => kind.Key, StringComparer.Ordinal);

    /// <summary>All, by key.</summary>
    public IReadOnlyList<AlarmKind> All => [.. _kinds.Values.OrderBy(kind => kind.Key, StringComparer.Ordinal)];

    /// <summary>The kind, or null for one that no module declares any more.</summary>
    public AlarmKind? Find(string key) => _kinds.GetValueOrDefault(key);
}
