namespace Anlan.Cameras.Worker.Ingest;

/// <summary>When reading begins anew: after 1, 2, 4 ... 30 seconds, each jittered, so that a plant's cameras do not all come at once after a power cut; seldom when it was too often within an hour.</summary>
internal sealed class RestartPlan(ReaderOptions options, Random dice, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);
    private readonly Queue<DateTimeOffset> _restarts = new();
    private readonly Lock _turn = new();
    private TimeSpan _next = TimeSpan.FromSeconds(1);

    /// <summary>New beginnings within the last hour.</summary>
    public int Count
    {
        get
        {
            lock (_turn)
            {
                Forget();
                return _restarts.Count;
            }
        }
    }

    /// <summary>Reading ended after it had given pictures for so long; answers how long to wait.</summary>
    public TimeSpan Next(TimeSpan lasted)
    {
        lock (_turn)
        {
            Forget();
            _restarts.Enqueue(clock.GetUtcNow());
            if (lasted >= LongEnough) _next = TimeSpan.FromSeconds(1);
            var wait = _next * (0.75 + (0.5 * dice.NextDouble()));
            _next = _next * 2 < Longest ? _next * 2 : Longest;
            return _restarts.Count > options.RestartsAnHour ? options.SlowWait : wait;
        }
    }

    private void Forget()
    {
        while (_restarts.TryPeek(out var first) && clock.GetUtcNow() - first > Window) _restarts.Dequeue();
    }
}
