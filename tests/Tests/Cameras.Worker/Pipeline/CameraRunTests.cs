using System.Threading.Channels;
using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Pipeline;
using Anlan.Tests.Cameras.Worker.Ingest;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Cameras.Worker.Pipeline;

/// <summary>One camera from pictures to events, with a scripted detector and times that the test makes.</summary>
public sealed class CameraRunTests : IAsyncDisposable
{
    private const int Patience = 60_000;
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly ZoneSet Zones = new(4, [new Zone(1, "pit", ZoneKind.Exclusion, [new(0.3, 0.5), new(0.7, 0.5), new(0.7, 1), new(0.3, 1)])]);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-run-");
    private readonly Tray _tray = new();
    private readonly Window _window = new();
    private readonly Source _source = new();
    private readonly ClipMaker _clips;
    private readonly DetectionDesk _desk;
    private readonly CameraRun _run;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly SemaphoreSlim _look = new(0);
    private readonly CameraTask _task = new(Guid.CreateVersion7(), "basin", "rtsp://cam.example/live", Zones, [], IsWatched: false, AllowOwnNetwork: true);
    private volatile IReadOnlyList<PersonBox> _seen = [];
    private int _looks;
    private double _now;

    public CameraRunTests()
    {
        _clips = new ClipMaker("ffmpeg", _folder.FullName, NullLogger.Instance);
        _desk = new DetectionDesk(() => new ScriptedDetector(_ => See()), 1, TimeProvider.System, NullLogger.Instance);
        _run = new CameraRun(_task, TimeZoneInfo.Utc, new CameraParts(_desk, _tray, _window, _clips, TimeProvider.System) { Open = (_, _) => _source }, NullLogger.Instance);
        _running = Task.WhenAll(_desk.RunAsync(_stop.Token), _run.RunAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _look.Release(1000);
        await _running;
        _desk.Dispose();
        _clips.Dispose();
        _look.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = Patience)]
    public async Task Somebody_who_enters_is_told_with_picture_model_and_zone_version()
    {
        _seen = [ScriptedDetector.Inside];
        _look.Release(1000);

        while (!_tray.Has(SightEventKind.Entered)) await ShowAsync(450, TestContext.Current.CancellationToken);

        var entered = _tray.Events.Single(happened => happened.Kind == SightEventKind.Entered);
        Assert.Equal((_task.Camera, 4, 1, "scripted 1", "00ff", 0.35), (entered.Camera, entered.ZoneVersion, entered.Zone, entered.Model, entered.ModelHash, entered.Threshold));
        Assert.Equal([0xff, 0xd8], entered.Picture!.Take(2).Select(value => (int)value));
        Assert.False(entered.HasClip);
        Assert.Equal(SightState.Seeing, _tray.Events.First(happened => happened.Kind == SightEventKind.Sight).State);
    }

    [Fact(Timeout = Patience)]
    public async Task Only_the_newest_picture_waits_and_those_passed_over_are_counted()
    {
        await ShowAsync(450, TestContext.Current.CancellationToken);
        while (_looks == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        for (var i = 0; i < 4; i++) await ShowAsync(100 + (i * 60), TestContext.Current.CancellationToken);

        var drops = _run.Drops;
        _look.Release(1000);
        while (_looks < 2) await Task.Delay(5, TestContext.Current.CancellationToken);

        Assert.Equal(3, drops);
        Assert.Equal(2, _looks);
    }

    [Fact(Timeout = Patience)]
    public async Task While_somebody_looks_on_he_is_shown_pictures_but_not_more_than_four_a_second()
    {
        _look.Release(1000);
        _run.Change(_task with { IsWatched = true });
        for (var i = 0; i < 25; i++) await ShowAsync(450, TestContext.Current.CancellationToken);
        var shown = _window.Count;
        _run.Change(_task);
        for (var i = 0; i < 10; i++) await ShowAsync(450, TestContext.Current.CancellationToken);

        Assert.InRange(shown, 19, 22);
        Assert.Equal(shown, _window.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Without_zones_nobody_is_looked_for_unless_somebody_looks_on()
    {
        _look.Release(1000);
        _run.Change(_task with { Zones = ZoneSet.None });
        for (var i = 0; i < 10; i++) await ShowAsync(i * 50, TestContext.Current.CancellationToken);
        var alone = _looks;
        _run.Change(_task with { Zones = ZoneSet.None, IsWatched = true });
        while (_looks == 0) await ShowAsync(450, TestContext.Current.CancellationToken);

        Assert.Equal(0, alone);
    }

    [Fact(Timeout = Patience)]
    public async Task The_report_tells_sight_and_fault()
    {
        _source.Fault = "Connection refused";

        Assert.Equal((SightState.Offline, null, "Connection refused"), (_run.Report().State, _run.Report().PictureAt, _run.Report().Fault));
        await ShowAsync(450, TestContext.Current.CancellationToken);

        Assert.Equal((SightState.Seeing, Begin.AddSeconds(0.2)), (_run.Report().State, _run.Report().PictureAt));
    }

    private IReadOnlyList<PersonBox> See()
    {
        Interlocked.Increment(ref _looks);
        _look.Wait(CancellationToken.None);
        return _seen;
    }

    private async Task ShowAsync(int left, CancellationToken stop)
    {
        _now += 0.2;
        var picture = Pictures.Of((x, y) => x >= left && x < left + 60 && y is > 200 and < 450 ? 180 : 60 + (x / 64 * 4));
        picture.TakenAt = Begin.AddSeconds(_now);
        await _source.Pictures.Writer.WriteAsync(picture, stop);
        while (_source.Taken < Math.Round(_now * 5)) await Task.Delay(1, stop);
    }

    private sealed class Source : IPictureSource
    {
        public Channel<Picture> Pictures { get; } = Channel.CreateUnbounded<Picture>();

        public int Taken { get; private set; }

        public int Restarts => 0;

        public string? Fault { get; set; }

        public async Task RunAsync(Action<Picture> take, CancellationToken stop)
        {
            await foreach (var picture in Pictures.Reader.ReadAllAsync(stop))
            {
                take(picture);
                Taken++;
            }
        }
    }

    private sealed class Tray : IEvidenceTray
    {
        private readonly List<SightEvent> _events = [];

        public IReadOnlyList<SightEvent> Events
        {
            get
            {
                lock (_events) return [.. _events];
            }
        }

        public bool Has(SightEventKind kind) => Events.Any(happened => happened.Kind == kind);

        public void Add(SightEvent happened)
        {
            lock (_events) _events.Add(happened);
        }

        public void AddClip(Guid camera, Guid happened, DateTimeOffset began, string file, bool isBlurred) => throw new NotSupportedException();
    }

    private sealed class Window : ILiveWindow
    {
        public int Count { get; private set; }

        public void Offer(Guid camera, Picture picture, IReadOnlyList<SeenPerson> people) => Count++;
    }
}
