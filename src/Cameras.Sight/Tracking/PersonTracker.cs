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
        Continue(free, sure, settings.SureOverlap);
        Continue(free, doubtful, settings.DoubtfulOverlap);
        free.ForEach(track => track.Miss());
        var ended = _tracks.Where(track => track.Lost > (track.Seen < settings.Confirming ? settings.LostUnconfirmed : settings.LostMost)).ToList();
        _tracks.RemoveAll(ended.Contains);
        _tracks.AddRange(sure.Select(box => new Track(++_numbers, box)));
        return ended;
    }

    /// <summary>True when a track is a person and no flicker.</summary>
    public bool IsConfirmed(Track track) => track.Seen >= settings.Confirming;

    // The best pairs first; what was paired is gone from both lists.
    private void Continue(List<Track> free, List<PersonBox> boxes, float least)
    {
        var pairs = free.SelectMany(track => boxes.Select((box, i) => (Track: track, Index: i, Overlap: PersonBox.Overlap(track.Expected, box)))).Where(pair => pair.Overlap > least && Distance(pair.Track.Expected, boxes[pair.Index]) <= settings.FurthestHeights).OrderByDescending(pair => pair.Overlap).ToList();
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

    // In heights of the person: near the camera people move further in the picture.
    private static float Distance(in PersonBox one, in PersonBox other)
    {
        var (acrossX, acrossY) = (one.Feet.X - other.Feet.X, one.Feet.Y - other.Feet.Y);
        return MathF.Sqrt((acrossX * acrossX) + (acrossY * acrossY)) / Math.Max(0.01f, Math.Max(one.Height, other.Height));
    }
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

    /// <summary>Furthest move between two pictures, in heights of the person.</summary>
    public float FurthestHeights { get; init; } = 0.8f;

    /// <summary>In how many pictures somebody has to be seen to be a person.</summary>
    public int Confirming { get; init; } = 2;

    /// <summary>After so many pictures without being seen a person is gone.</summary>
    public int LostMost { get; init; } = 10;

    /// <summary>The same before it is sure to be a person.</summary>
    public int LostUnconfirmed { get; init; } = 2;
}
