namespace Anlan.Cameras.Sight.Wire;

/// <summary>What happened before a camera. Whether it is an intrusion is decided by the server, which knows the permits.</summary>
public enum SightEventKind
{
    /// <summary>Somebody is in a zone.</summary>
    Entered,

    /// <summary>Somebody was seen to leave it.</summary>
    Left,

    /// <summary>Somebody was in it and is not to be seen any more, without having been seen to leave.</summary>
    Vanished,

    /// <summary>Somebody lies in it.</summary>
    Down,

    /// <summary>Somebody stays for too long.</summary>
    Loitering,

    /// <summary>More people are in it than may be.</summary>
    Crowd,

    /// <summary>As many as may be, again.</summary>
    CrowdOver,

    /// <summary>Somebody is inside and nobody at the post.</summary>
    PostEmpty,

    /// <summary>The attendant is there, or nobody is inside any more.</summary>
    PostManned,

    /// <summary>Somebody went in after another one had gone down or vanished: a rescue without protection.</summary>
    RushedIn,

    /// <summary>Whether the camera sees changed.</summary>
    Sight,
}

/// <summary>A person in the picture, in parts of its width and height.</summary>
/// <param name="Track">Number of the person, counted by the worker.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge.</param>
/// <param name="Score">How sure the model is, 0 to 1.</param>
/// <param name="Zone">The zone in which the person stands; null = none.</param>
public sealed record SeenPerson(int Track, double Left, double Top, double Right, double Bottom, double Score, int? Zone);

/// <summary>One event.</summary>
/// <param name="Id">Made by the worker, version 7: what is sent twice counts once.</param>
/// <param name="Camera">Which camera.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When the picture was taken that decided.</param>
/// <param name="ZoneVersion">Version of the zones that held.</param>
public sealed record SightEvent(Guid Id, Guid Camera, SightEventKind Kind, DateTimeOffset At, int ZoneVersion)
{
    /// <summary>The zone; null for what concerns the whole camera.</summary>
    public int? Zone { get; init; }

    /// <summary>One person and one entry: the id of the event with which it began. All that happens to this person until the exit names it.</summary>
    public Guid? Entry { get; init; }

    /// <summary>Number of the person; null = nobody.</summary>
    public int? Track { get; init; }

    /// <summary>How many people are in the zone.</summary>
    public int Persons { get; init; }

    /// <summary>Of what lasts: for how many seconds already.</summary>
    public double? Seconds { get; init; }

    /// <summary>How sure the model was of this person at best, 0 to 1.</summary>
    public double? Score { get; init; }

    /// <summary>Of <see cref="SightEventKind.Sight"/>: whether it sees now.</summary>
    public SightState? State { get; init; }

    /// <summary>Everybody in the picture.</summary>
    public IReadOnlyList<SeenPerson> People { get; init; } = [];

    /// <summary>The model: name and version; null for what no model decided.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's file, hexadecimal.</summary>
    public string? ModelHash { get; init; }

    /// <summary>From which score on a sighting counts.</summary>
    public double? Threshold { get; init; }

    /// <summary>The picture that decided, JPEG with boxes and zone drawn in; null = none could be made.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>The same picture with the top third of everybody blurred, for exports and public screens; null = none could be made.</summary>
    public byte[]? BlurredPicture { get; init; }

    /// <summary>True when a clip will follow.</summary>
    public bool HasClip { get; init; }
}

/// <summary>Events in the order in which they happened, at most <see cref="Most"/>.</summary>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Events">The events.</param>
public sealed record EventDelivery(string Worker, IReadOnlyList<SightEvent> Events)
{
    /// <summary>Most events of a delivery.</summary>
    public const int Most = 20;
}

/// <summary>What became of a delivery.</summary>
/// <param name="Taken">Ids that are on record now, also those that were before.</param>
/// <param name="Refused">Ids that never will be, with the reason.</param>
public sealed record DeliveryAnswer(IReadOnlyList<Guid> Taken, IReadOnlyDictionary<Guid, string> Refused);
