namespace Anlan.Cameras.Sight.Tracking;

/// <summary>
/// Follows people from picture to picture (the idea of ByteTrack): sightings of which the model is sure begin and continue tracks, doubtful ones only continue them. A track never jumps further
/// than a person can move: onto a false sighting elsewhere it would take a person into a zone who is not there.
/// </summary>
public sealed class PersonTracker(TrackerSettings settings)
{
    private readonly List<Track> _tracks = [];
    private int _numbers;

    /// <summary>Who is followed now, also those who were not seen in the last picture.</summary>
    public IReadOnlyList<Track> Tracks => _tracks;

    /// <summary>Takes the sightings of one picture; answers the tracks that ended with it.</summary>
    public IReadOnlyList<Track> Update(IReadOnlyList<PersonBox> sightings)
    {
        List<Track> free = [.. _tracks];
        List<PersonBox> sure = [.. sightings.Where(box => box.Score >= settings.Sure)];
        List<PersonBox> doubtful = [.. sightings.Where(box => box.Score >= settings.Doubtful && box.Score < settings.Sure)];
        Continue(free, sure, (track, box) => PersonBox.Overlap(track.Expected, box) is var common && common > settings.SureOverlap ? common : 0);
        Continue(free, doubtful, (track, box) => PersonBox.Overlap(track.Expected, box) is var common && common > settings.DoubtfulOverlap ? common : 0);
        // Whoever runs is beside himself in the next picture. Only for sightings of which the model is sure, and of about the same size.
        Continue(free, sure, (track, box) => IsAsLarge(track.Box, box) ? 1 / (1 + Distance(track.Expected, box)) : 0);
        free.ForEach(track => track.Miss());
        var ended = _tracks.Where(track => track.Lost > (track.Seen < settings.Confirming ? settings.LostUnconfirmed : settings.LostMost)).ToList();
        _tracks.RemoveAll(ended.Contains);
        _tracks.AddRange(sure.Select(box => new Track(++_numbers, box)));
        return ended;
    }

    /// <summary>True when a track is a person and no flicker.</summary>
    public bool IsConfirmed(Track track) => track.Seen >= settings.Confirming;

    // The best pairs first; what was paired is gone from both lists. Nobody moves further than a person can.
    private void Continue(List<Track> free, List<PersonBox> boxes, Func<Track, PersonBox, float> likeness)
    {
        var pairs = free.SelectMany(track => boxes.Select((box, i) => (Track: track, Index: i, Likeness: likeness(track, box))))
            .Where(pair => pair.Likeness > 0 && Distance(pair.Track.Expected, boxes[pair.Index]) <= settings.FurthestHeights).OrderByDescending(pair => pair.Likeness).ToList();
        var taken = new HashSet<int>();
        foreach (var (track, index, _) in pairs)
        {
            if (!free.Contains(track) || !taken.Add(index)) continue;
            free.Remove(track);
            track.See(boxes[index]);
        }

        for (var i = boxes.Count - 1; i >= 0; i--)
        {
            if (taken.Contains(i)) boxes.RemoveAt(i);
        }
    }

    private bool IsAsLarge(in PersonBox one, in PersonBox other) => Math.Max(one.Height, other.Height) <= settings.MostGrowth * Math.Min(one.Height, other.Height);

    // In heights of the person: near the camera people move further in the picture.
    private float Distance(in PersonBox one, in PersonBox other) => PersonBox.Apart(one, other, settings.Aspect);
}

/// <summary>How people are followed; counts are pictures, at five a second.</summary>
public sealed record TrackerSettings
{
    /// <summary>From here on a sighting begins a track.</summary>
    public float Sure { get; init; } = 0.35f;

    /// <summary>From here on a sighting continues one.</summary>
    public float Doubtful { get; init; } = 0.2f;

    /// <summary>Least overlap with where the person was expected, for a sure sighting.</summary>
    public float SureOverlap { get; init; } = 0.2f;

    /// <summary>The same for a doubtful one.</summary>
    public float DoubtfulOverlap { get; init; } = 0.4f;

    /// <summary>Furthest from where the person was expected, in heights of the person: at five pictures a second somebody who runs.</summary>
    public float FurthestHeights { get; init; } = 0.8f;

    /// <summary>How much larger or smaller a sighting may be that does not overlap with where the person was expected.</summary>
    public float MostGrowth { get; init; } = 1.5f;

    /// <summary>Width of the camera's picture over its height, as people see it.</summary>
    public float Aspect { get; init; } = 16f / 9;

    /// <summary>In how many pictures somebody has to be seen to be a person.</summary>
    public int Confirming { get; init; } = 2;

    /// <summary>After so many pictures without being seen a person is gone.</summary>
    public int LostMost { get; init; } = 10;

    /// <summary>The same before it is sure to be a person.</summary>
    public int LostUnconfirmed { get; init; } = 2;

    /// <summary>For a detector of which a sighting counts from a score on; doubtful ones as far below as with the models at hand.</summary>
    public static TrackerSettings From(float threshold, float aspect = 16f / 9) => new() { Sure = threshold, Doubtful = threshold * DoubtfulPart, Aspect = aspect };

    private const float DoubtfulPart = 4 / 7f;
}
