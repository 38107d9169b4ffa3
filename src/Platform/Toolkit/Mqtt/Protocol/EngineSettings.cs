namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Bounds of one broker.</summary>
internal sealed class EngineSettings
{
    /// <summary>How long a connection may take until its CONNECT is there, and until it takes what it is sent.</summary>
    public required TimeSpan AnswerTime { get; init; }

    /// <summary>Longest time that a session outlives its connection, in seconds; <see cref="uint.MaxValue"/> = for ever, 0 = never.</summary>
    public required uint LongestSession { get; init; }

    /// <summary>Messages that wait for one session; the oldest gives way to a newer one.</summary>
    public required int MostWaiting { get; init; }

    /// <summary>Messages on their way to one session before it has to acknowledge one.</summary>
    public required int Window { get; init; }

    /// <summary>A client whose session ends because a newer connection takes its place has its will spoken. Default true.</summary>
    public bool HasWillsAtTakeOver { get; init; } = true;

    /// <summary>Sessions that outlive their connections; further ones are turned away.</summary>
    public int MostSessions { get; init; } = 100_000;

    /// <summary>Subscriptions of one session; further ones are refused.</summary>
    public int MostSubscriptions { get; init; } = 1_000;

    /// <summary>Retained messages; further ones are refused.</summary>
    public int MostRetained { get; init; } = 100_000;

    /// <summary>Messages of quality 2 that one client may leave unfinished (MQTT 5: receive maximum).</summary>
    public ushort ReceiveMaximum { get; init; } = 20;

    /// <summary>Topic aliases of one client of MQTT 5.</summary>
    public ushort TopicAliases { get; init; } = 10;
}
