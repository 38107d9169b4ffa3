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

/// <summary>What to do about a source that is called false again and again.</summary>
public enum AlarmAdvice
{
    /// <summary>Look at the device: it tells what is not so.</summary>
    Maintenance,

    /// <summary>Think about the threshold.</summary>
    Threshold,

    /// <summary>Leave a part of the picture out.</summary>
    Mask,
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

    /// <summary>What is suggested when one source was called false again and again.</summary>
    public AlarmAdvice WhenFalse { get; init; } = AlarmAdvice.Maintenance;

    /// <summary>Where its subject is looked at, or null.</summary>
    public AlarmPlace? Page { get; init; }

    /// <summary>True when the alarm ends with its condition, without a person's word.</summary>
    public bool ClosesItself { get; init; }
}

/// <summary>Where the subject of an alarm is looked at.</summary>
/// <param name="Address">Address up to the subject's name.</param>
/// <param name="Permission">Whoever lacks it is not led there.</param>
/// <param name="HasName">False for a page on which all such subjects stand.</param>
public sealed record AlarmPlace(string Address, string Permission, bool HasName = true)
{
    /// <summary>The page of a subject.</summary>
    public string Of(string name) => HasName ? Address + Uri.EscapeDataString(name) : Address;
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
