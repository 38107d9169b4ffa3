using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Seeing;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>
/// One camera from its pictures to what happened before it: read, judge the sight, pass the gate, wait for a detector, follow people through zones, keep the evidence. Only the newest picture
/// waits.
/// </summary>
internal sealed partial class CameraRun : IDeskVisitor
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LivePause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastClips = TimeSpan.FromSeconds(5);
    private readonly CameraParts _parts;
    private readonly ILogger _log;
    private readonly TimeZoneInfo _city;
    private readonly SightWatch _sight;
    private readonly MotionGate _gate;
    private readonly PersonWatch _people;
    private readonly IPictureSource _source;
    private readonly SegmentRing? _ring;
    private readonly ViewShelf _views;
    private readonly ClipBook _clips;
    private readonly RateMeter _rates = new();
    private readonly SeenTrail _trail = new();
    private readonly Grid _grid = new();
    private readonly Lock _turn = new();
    private CameraTask _task;
    private Picture? _newest;
    private DateTimeOffset _show;

    public CameraRun(CameraTask task, TimeZoneInfo city, CameraParts parts, ILogger log)
    {
        (_task, _city, _parts, _log) = (task, city, parts, log);
        _sight = new SightWatch(parts.Sight, parts.Clock.GetUtcNow());
        _gate = new MotionGate(parts.Gate);
        _gate.Redraw(task.Zones);
        _people = new PersonWatch(task.Camera, task.Zones, task.Hours, city, parts.LyingEvery);
        _ring = parts.Ring?.Invoke(task.Camera);
        _source = parts.Open(task, _ring);
        _clips = new ClipBook(parts.Span);
        _views = new ViewShelf(parts.Views, task.Camera);
        _views.Read(task.Zones.Version, _sight.Placement);
    }

    /// <summary>What the server last said of this camera.</summary>
    public CameraTask Task => _task;

    /// <summary>Pictures that were passed over since the beginning.</summary>
    public long Drops => _rates.Drops;

    bool IDeskVisitor.IsWaiting => Volatile.Read(ref _newest) is not null;

    /// <summary>Runs until it is stopped; makes the clips that are still to be made of what there is.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _parts.Desk.Join(this);
        try
        {
            await System.Threading.Tasks.Task.WhenAll(_source.RunAsync(Take, stop), BeatAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            using var late = new CancellationTokenSource(LastClips, _parts.Clock);
            await MakeClipsAsync(isEnding: true, late.Token);
        }
        finally
        {
            _parts.Desk.Leave(this);
            Interlocked.Exchange(ref _newest, null)?.Dispose();
            KeepView();
            _ring?.Clear();
        }
    }

    /// <summary>The server says something new of this camera; another address is another run.</summary>
    public void Change(CameraTask task)
    {
        IReadOnlyList<SightEvent> events = [];
        lock (_turn)
        {
            var isRedrawn = task.Zones.Version != _task.Zones.Version;
            if (isRedrawn || !task.Hours.SequenceEqual(_task.Hours)) events = _people.Change(task.Zones, task.Hours, _parts.Clock.GetUtcNow());
            _task = task;
            if (isRedrawn)
            {
                _gate.Redraw(task.Zones);
                _sight.Redrawn();
            }
        }

        foreach (var happened in events) Keep(happened, picture: null);
        foreach (var entry in task.Confirmed) _people.Confirm(entry);
    }

    /// <summary>Somebody named has looked after a person who vanished or lay; false when nobody is known by that entry.</summary>
    public bool Confirm(Guid entry) => _people.Confirm(entry);

    /// <summary>The server has heard of who was seen.</summary>
    public void Reported(CameraReport report) => _trail.Reported(report.Seen);

    /// <summary>How the camera does.</summary>
    public CameraReport Report()
    {
        lock (_turn)
        {
            var (rate, wanted) = _rates.Read(_parts.Clock.GetUtcNow());
            return new CameraReport(_task.Camera, _sight.State, _sight.Since, _sight.PictureAt, rate, wanted, _source.Restarts, _source.Fault) { Seen = _trail.Unreported() };
        }
    }

    /// <inheritdoc/>
    public void Look(IPersonDetector detector, DeskRoom room)
    {
        using var picture = Interlocked.Exchange(ref _newest, null);
        if (picture is null) return;
        var events = _people.Look(picture, detector, room);
        _trail.Take(picture.TakenAt, _people.People);
        foreach (var happened in events) Keep(happened, picture);
    }

    // On the thread that reads the camera.
    private void Take(Picture picture)
    {
        try
        {
            var wants = false;
            SightEvent? sight = null;
            lock (_turn)
            {
                _grid.Fill(picture);
                if (_sight.See(_grid, picture.TakenAt)) sight = SightEvent();
                _rates.Come(picture.TakenAt);
                wants = _gate.Wants(_grid, picture.TakenAt, _people.NeedsAll) && IsLookedAt(picture.TakenAt);
            }

            if (sight is not null) Keep(sight, picture);
            if (_task.IsWatched && picture.TakenAt >= _show)
            {
                // Four of five pictures, not every other one.
                _show = _show + LivePause > picture.TakenAt ? _show + LivePause : picture.TakenAt;
                _parts.Live.Offer(_task.Camera, picture, _people.People);
            }

            if (wants) Queue(picture);
            else picture.Dispose();
        }
        catch (Exception broken)
        {
            // One picture's trouble must not end the reading.
            LogBroken(_log, broken, _task.Camera);
            picture.Dispose();
        }
    }

    // Without zones nobody is looked for, unless somebody looks on.
    private bool IsLookedAt(DateTimeOffset at) => _task.IsWatched || _people.NeedsAll || (_task.Zones.Zones.Count > 0 && WatchHours.Hold(_task.Hours, at, _city));

    private void Queue(Picture picture)
    {
        using var old = Interlocked.Exchange(ref _newest, picture);
        if (old is null) _parts.Desk.Call();
        else _rates.Drop(old.TakenAt);
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pulse, _parts.Clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            SightEvent? sight = null;
            lock (_turn)
            {
                if (_sight.Wait(_parts.Clock.GetUtcNow())) sight = SightEvent();
            }

            if (sight is not null) Keep(sight, picture: null);
            await MakeClipsAsync(isEnding: false, stop);
            KeepView();
        }
    }

    private void KeepView()
    {
        lock (_turn) _views.Keep(_task.Zones.Version, _sight.Placement, _parts.Clock.GetUtcNow());
    }

    private async Task MakeClipsAsync(bool isEnding, CancellationToken stop)
    {
        if (_ring is null) return;
        try
        {
            var now = _parts.Clock.GetUtcNow();
            if (_clips.IsWaiting)
            {
                foreach (var (wish, pieces) in _clips.Due(_ring.Pieces(), now, isEnding))
                {
                    if (await _parts.Clips.MakeAsync(wish.Happened, pieces, stop) is not { } file) continue;
                    var people = _trail.Between(pieces[0].Begin - ClipBlur.Reach, pieces[^1].End + ClipBlur.Reach);
                    var blurred = await _parts.Clips.BlurAsync(wish.Happened, file, pieces[0].Begin, people, stop);
                    _parts.Tray.AddClip(_task.Camera, wish.Happened, pieces[0].Begin, file, isBlurred: false);
                    if (blurred is not null) _parts.Tray.AddClip(_task.Camera, wish.Happened, pieces[0].Begin, blurred, isBlurred: true);
                }
            }

            _ring.Trim(now);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception || (isEnding && broken is OperationCanceledException))
        {
            LogNoClip(_log, broken, _task.Camera);
        }
    }

    private SightEvent SightEvent() => new(Guid.CreateVersion7(_parts.Clock.GetUtcNow()), _task.Camera, SightEventKind.Sight, _parts.Clock.GetUtcNow(), _task.Zones.Version)
    {
        State = _sight.State,
        Seconds = Math.Max(0, (_parts.Clock.GetUtcNow() - _sight.Since).TotalSeconds),
    };

    private void Keep(SightEvent happened, Picture? picture)
    {
        try
        {
            var isEvidence = happened.Kind is SightEventKind.Entered or SightEventKind.Vanished or SightEventKind.Down or SightEventKind.Crowd or SightEventKind.Loitering or SightEventKind.PostEmpty or SightEventKind.RushedIn;
            if (picture is not null && (isEvidence || happened.Kind == SightEventKind.Sight))
            {
                happened = happened with
                {
                    Picture = EvidencePicture.Draw(picture, _task.Zones, happened, _city, isBlurred: false),
                    BlurredPicture = EvidencePicture.Draw(picture, _task.Zones, happened, _city, isBlurred: true),
                };
            }

            _parts.Tray.Add(happened with { HasClip = isEvidence && _ring is not null && _clips.Ask(happened) });
        }
        catch (Exception broken)
        {
            LogLost(_log, broken, happened.Kind, happened.Camera);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Camera {Camera}: a picture could not be looked at")]
    private static partial void LogBroken(ILogger logger, Exception exception, Guid camera);

    [LoggerMessage(Level = LogLevel.Error, Message = "Camera {Camera}: a clip could not be made, or was not ready when the worker ended")]
    private static partial void LogNoClip(ILogger logger, Exception exception, Guid camera);

    [LoggerMessage(Level = LogLevel.Critical, Message = "An event ({Kind}) of camera {Camera} could not be kept and is lost")]
    private static partial void LogLost(ILogger logger, Exception exception, SightEventKind kind, Guid camera);
}
