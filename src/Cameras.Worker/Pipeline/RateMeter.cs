namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>How many pictures of the last ten seconds should have been looked at, and how many were.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly Queue<DateTimeOffset> _wanted = new();
    private readonly Queue<DateTimeOffset> _dropped = new();
    private readonly Lock _turn = new();
    private DateTimeOffset? _began;

    /// <summary>All pictures that were passed over since the beginning, because the next one was there before a model was free.</summary>
    public long Drops { get; private set; }

    /// <summary>A picture came.</summary>
    public void Come(DateTimeOffset at)
    {
        lock (_turn)
        {
            _began ??= at;
            _wanted.Enqueue(at);
            Forget(at);
        }
    }

    /// <summary>A picture was passed over.</summary>
    public void Drop(DateTimeOffset at)
    {
        lock (_turn)
        {
            Drops++;
            _dropped.Enqueue(at);
        }
    }

    /// <summary>Pictures a second: looked at, and wanted. One that the gate needed not show to the model was looked at.</summary>
    public (double Rate, double Wanted) Read(DateTimeOffset now)
    {
        lock (_turn)
        {
            Forget(now);
            if (_began is not { } began || now <= began) return (0, 0);
            var seconds = Math.Clamp((now - began).TotalSeconds, 1, Window.TotalSeconds);
            return (Math.Round(Math.Max(0, _wanted.Count - _dropped.Count) / seconds, 2), Math.Round(_wanted.Count / seconds, 2));
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_wanted.TryPeek(out var at) && now - at > Window) _wanted.Dequeue();
        while (_dropped.TryPeek(out var at) && now - at > Window) _dropped.Dequeue();
    }
}
