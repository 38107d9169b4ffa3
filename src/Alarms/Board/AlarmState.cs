namespace Anlan.Alarms.Board;

/// <summary>How far an alarm has come.</summary>
public enum AlarmState
{
    /// <summary>Told to both sides; nobody has taken it over.</summary>
    Raised,

    /// <summary>Somebody has taken it over.</summary>
    Acknowledged,

    /// <summary>Somebody is there.</summary>
    OnSite,

    /// <summary>It is true.</summary>
    Verified,

    /// <summary>It was none; ended.</summary>
    False,

    /// <summary>What was the matter is put right.</summary>
    Handled,

    /// <summary>Ended.</summary>
    Closed,

    /// <summary>Ended here; goes on as a clue for a case.</summary>
    Referred,
}

/// <summary>What somebody does, or what happens by itself.</summary>
public enum AlarmAct
{
    /// <summary>The condition began.</summary>
    Raise,

    /// <summary>Somebody takes it over.</summary>
    Acknowledge,

    /// <summary>Somebody is there.</summary>
    Arrive,

    /// <summary>It is true.</summary>
    Verify,

    /// <summary>It was none, for a reason.</summary>
    MarkFalse,

    /// <summary>What was the matter is put right.</summary>
    Handle,

    /// <summary>It ends.</summary>
    Close,

    /// <summary>It goes on as a clue for a case.</summary>
    Refer,

    /// <summary>Somebody turned its sound off for himself, for a reason; the alarm itself stays as it is.</summary>
    Silence,

    /// <summary>Told to a level, on the pages and by messages.</summary>
    Push,

    /// <summary>Nobody took it over in time: the next one is told.</summary>
    Escalate,

    /// <summary>The condition is over.</summary>
    Over,
}

/// <summary>For whom somebody acts.</summary>
public enum AlarmSide
{
    /// <summary>The platform itself.</summary>
    Platform,

    /// <summary>The enterprise.</summary>
    Enterprise,

    /// <summary>An organ that supervises.</summary>
    Organ,

    /// <summary>Whoever runs the installation.</summary>
    Installation,
}
