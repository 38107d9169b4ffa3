using Anlan.Alarms.Delivery;
using Anlan.Toolkit.Alarms;

namespace Anlan.Alarms.Escalation;

/// <summary>What Alarms asks the rule book; the answers lie in <c>rules.json</c>.</summary>
internal static class AlarmQuestions
{
    /// <summary>Highest level: the city.</summary>
    public const int Highest = 3;

    /// <summary>How long an alarm waits before a level is told: 1 town station, 2 county, 3 city.</summary>
    public static string Wait(int level) => level switch
    {
        1 => "alarms.toStation",
        2 => "alarms.toCounty",
        Highest => "alarms.toCity",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>How often one source may be called false before something is suggested.</summary>
    public const string FalseMarks = "alarms.falseMarks";

    /// <summary>Within how long a time.</summary>
    public const string FalseWindow = "alarms.falseWindow";

    /// <summary>How many messages one recipient gets within a time; the rest follows as a digest.</summary>
    public const string MessagesMost = "alarms.messagesMost";

    /// <summary>Within how long a time.</summary>
    public const string MessagesWindow = "alarms.messagesWindow";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Wait(1), Wait(2), Wait(Highest), FalseMarks, FalseWindow, MessagesMost, MessagesWindow];

    /// <summary>What the rules call messages by a channel.</summary>
    public static string SubjectOf(AlarmChannel channel, bool isSevere) => channel == AlarmChannel.Robot ? "robot" : isSevere ? "severe" : "other";

    /// <summary>What the rules call a severity.</summary>
    public static string SubjectOf(AlarmSeverity severity) => severity switch
    {
        AlarmSeverity.Severe => "severe",
        AlarmSeverity.Warning => "warning",
        _ => "notice",
    };
}
