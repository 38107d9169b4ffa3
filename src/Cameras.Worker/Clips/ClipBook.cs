using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Clips;

/// <summary>How much a clip shows.</summary>
internal sealed record ClipSpan
{
    /// <summary>Of what was before.</summary>
    public TimeSpan Before { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of what comes after.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Later than this after its end a clip is made of what there is: the camera has gone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Which clips of a camera are still to be made.</summary>
internal sealed class ClipBook(ClipSpan span)
{
    private const int Most = 40;
    private readonly List<Wish> _wishes = [];
    private readonly Lock _turn = new();

    /// <summary>A clip that is to be made.</summary>
    internal sealed record Wish(Guid Happened, DateTimeOffset At, Guid? Entry, int? Zone);

    /// <summary>True when a clip will be made; false when one of the same entry, or of the same zone where nobody is named, will show it anyway.</summary>
    public bool Ask(SightEvent happened)
    {
        lock (_turn)
        {
            if (_wishes.Count >= Most || _wishes.Exists(wish => wish.Entry == happened.Entry && wish.Zone == happened.Zone && happened.At - wish.At < span.After / 2)) return false;
            _wishes.Add(new Wish(happened.Id, happened.At, happened.Entry, happened.Zone));
            return true;
        }
    }

    /// <summary>Takes out the clips that can be made now, with their pieces.</summary>
    public IReadOnlyList<(Wish Wish, IReadOnlyList<Segment> Pieces)> Due(IReadOnlyList<Segment> ordered, DateTimeOffset now, bool isEnding)
    {
        lock (_turn)
        {
            List<Wish> due = [.. _wishes.Where(wish => isEnding || Segment.AreWholeUntil(ordered, wish.At + span.After) || now - wish.At > span.After + span.Patience)];
            _wishes.RemoveAll(due.Contains);
            return [.. due.Select(wish => (wish, Segment.Between(ordered, wish.At - span.Before, wish.At + span.After)))];
        }
    }

    /// <summary>True while something is to be made.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_turn) return _wishes.Count > 0;
        }
    }
}
