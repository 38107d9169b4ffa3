using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>Where people were before one camera within the last minutes: for the server's report, and for blurring them in clips. Boxes, no pictures.</summary>
internal sealed class SeenTrail
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);
    private readonly Lock _turn = new();
    private readonly Queue<RecordedPicture> _pictures = new();
    private DateTimeOffset _reported;

    /// <summary>Notes who was in a picture; pictures without anybody are not kept.</summary>
    public void Take(DateTimeOffset at, IReadOnlyList<SeenPerson> people)
    {
        if (people.Count == 0) return;
        lock (_turn)
        {
            _pictures.Enqueue(new RecordedPicture(at, people));
            while (_pictures.Peek().At < at - Length) _pictures.Dequeue();
        }
    }

    /// <summary>What the server has not heard of yet, the oldest first.</summary>
    public IReadOnlyList<RecordedPicture> Unreported()
    {
        lock (_turn) return [.. _pictures.Where(picture => picture.At > _reported).Take(CameraReport.MostSeen)];
    }

    /// <summary>The server has heard of these.</summary>
    public void Reported(IReadOnlyList<RecordedPicture> pictures)
    {
        lock (_turn)
        {
            if (pictures.Count > 0 && pictures[^1].At > _reported) _reported = pictures[^1].At;
        }
    }

    /// <summary>Everybody who was seen between two moments.</summary>
    public IReadOnlyList<RecordedPicture> Between(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_turn) return [.. _pictures.Where(picture => picture.At >= from && picture.At <= to)];
    }
}
