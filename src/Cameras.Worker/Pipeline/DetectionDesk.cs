using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>A camera that has pictures to be looked at.</summary>
internal interface IDeskVisitor
{
    /// <summary>True while a picture waits.</summary>
    bool IsWaiting { get; }

    /// <summary>Looks at it; never called by two at once.</summary>
    void Look(IPersonDetector detector, DeskRoom room);
}

/// <summary>Room that belongs to one detector, for pictures of its size.</summary>
internal sealed class DeskRoom(IPersonDetector detector)
{
    public byte[] Rgb { get; } = new byte[detector.Size.Width * detector.Size.Height * 3];

    public byte[] Half { get; } = new byte[Picture.HalfWidth * Picture.HalfHeight * 3];

    public LyingPass Lying { get; } = new(detector);
}

/// <summary>
/// Shares a few detectors between many cameras: whoever has waited longest since his last turn is next. Each camera keeps only its newest picture, so that a machine that is full looks at fewer
/// pictures of all of them, and never at old ones.
/// </summary>
internal sealed partial class DetectionDesk(Func<IPersonDetector> open, int detectors, TimeProvider clock, ILogger log) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly List<Place> _places = [];
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Lock _turn = new();
    private long _turns;

    /// <summary>Runs the detectors until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop) => await Task.WhenAll(Enumerable.Range(0, detectors).Select(_ => Task.Run(() => WorkAsync(stop), CancellationToken.None)));

    /// <summary>A camera takes part.</summary>
    public void Join(IDeskVisitor visitor)
    {
        lock (_turn) _places.Add(new Place(visitor));
    }

    /// <summary>A camera takes part no more; a look that has begun is still ended.</summary>
    public void Leave(IDeskVisitor visitor)
    {
        lock (_turn) _places.RemoveAll(place => place.Visitor == visitor);
    }

    /// <summary>A camera has a picture and had none.</summary>
    public void Call() => _waiting.Release();

    public void Dispose() => _waiting.Dispose();

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var detector = open();
                var room = new DeskRoom(detector);
                while (true)
                {
                    await _waiting.WaitAsync(stop);
                    while (Next() is { } place) Serve(place, detector, room);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                // A detector that failed is opened anew; the cameras keep their newest pictures meanwhile.
                LogBroken(log, broken);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    private void Serve(Place place, IPersonDetector detector, DeskRoom room)
    {
        try
        {
            place.Visitor.Look(detector, room);
        }
        finally
        {
            lock (_turn) place.IsServed = false;
        }
    }

    private Place? Next()
    {
        lock (_turn)
        {
            Place? next = null;
            foreach (var place in _places)
            {
                if (!place.IsServed && place.Visitor.IsWaiting && (next is null || place.Turn < next.Turn)) next = place;
            }

            if (next is not null) (next.IsServed, next.Turn) = (true, ++_turns);
            return next;
        }
    }

    private sealed class Place(IDeskVisitor visitor)
    {
        public IDeskVisitor Visitor => visitor;

        public bool IsServed { get; set; }

        public long Turn { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A detector failed and is opened anew")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
