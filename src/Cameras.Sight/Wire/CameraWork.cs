using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Sight.Wire;

/// <summary>Whether a camera sees.</summary>
public enum SightState
{
    /// <summary>Pictures come and show something.</summary>
    Seeing,

    /// <summary>No picture comes.</summary>
    Offline,

    /// <summary>Pictures come, each the same as the one before to the last bit of noise.</summary>
    Frozen,

    /// <summary>Something is before the lens: nothing but one surface.</summary>
    Covered,

    /// <summary>The camera looks somewhere else than when its zones were drawn.</summary>
    Moved,

    /// <summary>Too dark to see anybody.</summary>
    Dark,

    /// <summary>No worker looks at it. Said by the server, never by a worker.</summary>
    Unwatched,

    /// <summary>Somebody switched its supervision off. Said by the server, never by a worker.</summary>
    Paused,
}

/// <summary>What a worker asks every two seconds: which cameras are mine? With it goes how each of them does.</summary>
/// <param name="Worker">Name of the worker, chosen at its start: <c>host/number</c>, at most 80 characters.</param>
/// <param name="Cores">Processors of its machine.</param>
/// <param name="Leaving">True when it stops: its cameras are free at once.</param>
/// <param name="Cameras">Those it holds.</param>
public sealed record LeaseRequest(string Worker, int Cores, bool Leaving, IReadOnlyList<CameraReport> Cameras);

/// <summary>How a camera does.</summary>
/// <param name="Camera">Which.</param>
/// <param name="State">Whether it sees.</param>
/// <param name="Since">Since when.</param>
/// <param name="PictureAt">When the last picture was taken; null = none since the worker began.</param>
/// <param name="Rate">Pictures a second that were looked at.</param>
/// <param name="WantedRate">Pictures a second that should have been looked at.</param>
/// <param name="Restarts">How often reading was begun anew within the last hour.</param>
/// <param name="Fault">What the last attempt to read said, without any address; null while pictures come.</param>
public sealed record CameraReport(Guid Camera, SightState State, DateTimeOffset Since, DateTimeOffset? PictureAt, double Rate, double WantedRate, int Restarts, string? Fault)
{
    /// <summary>Most pictures of a report.</summary>
    public const int MostSeen = 100;

    /// <summary>Pictures with people in them since the last report that was answered, the oldest first: the server keeps an hour of them to show what other zones would have found.</summary>
    public IReadOnlyList<RecordedPicture> Seen { get; init; } = [];
}

/// <summary>The answer.</summary>
/// <param name="ValidSeconds">After so long without another answer others may hold these cameras; the worker goes on until it hears that, because two who look are better than none.</param>
/// <param name="Now">The server's time.</param>
/// <param name="TimeZone">The city's time zone, as tzdata names it.</param>
/// <param name="Cameras">What the worker holds now, all of it.</param>
public sealed record LeaseAnswer(int ValidSeconds, DateTimeOffset Now, string TimeZone, IReadOnlyList<CameraTask> Cameras);

/// <summary>A camera that a worker holds, with all that it needs to go on while the line is down.</summary>
/// <param name="Camera">Which.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Address">Where its pictures come from, with user and password: never into a log.</param>
/// <param name="Zones">Its zones.</param>
/// <param name="Hours">When it is watched; empty = always.</param>
/// <param name="IsWatched">True while somebody looks at it: live pictures are wanted.</param>
/// <param name="AllowOwnNetwork">True when the address may lie in the worker's own network, as cameras of a plant do.</param>
public sealed record CameraTask(Guid Camera, string Name, string Address, ZoneSet Zones, IReadOnlyList<WatchHours> Hours, bool IsWatched, bool AllowOwnNetwork)
{
    /// <summary>Entries of which a named person has said that they are over: whoever vanished or lay there is safe.</summary>
    public IReadOnlyList<Guid> Confirmed { get; init; } = [];
}
