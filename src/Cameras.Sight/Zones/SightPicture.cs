using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>What one picture of a camera showed.</summary>
/// <param name="At">When it was taken; pictures come in this order.</param>
/// <param name="People">Everybody who is followed, seen in this picture or not.</param>
/// <param name="Lying">Who lies: what passes over the rotated picture found, in parts of the upright picture; null when none was made.</param>
/// <param name="IsAnalysed">False when nobody looked for people, because nothing had moved.</param>
public sealed record SightPicture(DateTimeOffset At, IReadOnlyList<Followed> People, IReadOnlyList<PersonBox>? Lying, bool IsAnalysed = true)
{
    /// <summary>A picture that was looked at.</summary>
    /// <param name="at">When it was taken.</param>
    /// <param name="tracker">The tracker, after it took this picture's sightings.</param>
    /// <param name="lying">Who lies; null when no rotated pass was made.</param>
    public static SightPicture Of(DateTimeOffset at, PersonTracker tracker, IReadOnlyList<PersonBox>? lying = null) =>
        new(at, [.. tracker.Tracks.Select(track => new Followed(track.Number, track.Box, track.Lost == 0, tracker.IsConfirmed(track), track.Best))], lying);

    /// <summary>A picture in which nobody looked for people: only time goes on.</summary>
    public static SightPicture Unseen(DateTimeOffset at) => new(at, [], null, IsAnalysed: false);
}
