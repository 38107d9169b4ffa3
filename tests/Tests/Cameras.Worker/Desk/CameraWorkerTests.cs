using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Desk;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Tests.Cameras.Worker.Ingest;
using Anlan.Tests.Cameras.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>The whole worker between a real RTSP camera and a server; only the detector is scripted.</summary>
public sealed class CameraWorkerTests : IAsyncLifetime
{
    private const int Patience = 300_000;
    private static readonly ZoneSet Zones = new(2, [new Zone(1, "pit", ZoneKind.Exclusion, [new(0.3, 0.5), new(0.7, 0.5), new(0.7, 1), new(0.3, 1)])]);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-worker-");
    private readonly CancellationTokenSource _stop = new();
    private readonly Log _log = new();
    private PretendServer _server = null!;
    private volatile bool _isSomebodyThere;

    public async ValueTask InitializeAsync() => _server = await PretendServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_enters_before_a_leased_camera_is_told_with_picture_and_then_with_clip_and_the_camera_is_given_back_at_the_end()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        _server.Cameras = [Task(camera)];
        var running = Run();
        await UntilAsync(() => Told(SightEventKind.Sight)?.State == SightState.Seeing, TestContext.Current.CancellationToken);
        // So that there is something before the entry to be shown.
        await UntilAsync(() => Directory.EnumerateFiles(Path.Combine(_folder.FullName, "work", "video"), "*.mkv", SearchOption.AllDirectories).Count() >= 3, TestContext.Current.CancellationToken);

        _isSomebodyThere = true;
        await UntilAsync(() => Told(SightEventKind.Entered) is not null, TestContext.Current.CancellationToken);
        var entered = Told(SightEventKind.Entered)!;
        await UntilAsync(() => _server.Clips.ContainsKey(entered.Id) && _server.BlurredClips.ContainsKey(entered.Id), TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;

        Assert.Equal((Zones.Version, 1, true), (entered.ZoneVersion, entered.Zone, entered.HasClip));
        Assert.Equal([0xff, 0xd8], entered.Picture!.Take(2).Select(value => (int)value));
        Assert.True(_server.Clips[entered.Id].AsSpan(0, 64).IndexOf("ftyp"u8) > 0);
        Assert.True(_server.BlurredClips[entered.Id].AsSpan(0, 64).IndexOf("ftyp"u8) > 0);
        Assert.NotEqual(entered.Picture, entered.BlurredPicture);
        Assert.Contains(_server.Leases, lease => lease.Cameras.Any(report => report.Seen.Count > 0));
        Assert.True(_server.Leases.Last().Leaving);
        Assert.Contains(_server.Leases, lease => lease.Cameras is [{ State: SightState.Seeing, WantedRate: > 0, Fault: null }]);
        Assert.DoesNotContain("geheim", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", _log.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder.FullName, "work", "video")));
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_line_is_cut_cameras_go_on_and_what_happened_is_delivered_once_later()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        _server.Cameras = [Task(camera)];
        var running = Run();
        await UntilAsync(() => Told(SightEventKind.Sight)?.State == SightState.Seeing, TestContext.Current.CancellationToken);

        _server.IsCut = true;
        _isSomebodyThere = true;
        var spool = Path.Combine(_folder.FullName, "work", "spool");
        await UntilAsync(() => Directory.GetFiles(spool, "*.event").Length > 0 && Directory.GetFiles(spool, "*.mp4").Length > 0, TestContext.Current.CancellationToken);
        var before = _server.Events.Count;
        _server.IsCut = false;
        await UntilAsync(() => Directory.GetFiles(spool).Length == 0, TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;

        Assert.Equal(1, before);
        Assert.Single(_server.Events, happened => happened.Kind == SightEventKind.Entered);
        Assert.Equal(_server.Events.Count, _server.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.Single(_server.Clips);
    }

    [Fact(Timeout = Patience)]
    public async Task A_camera_that_goes_is_offline_and_sees_again_when_it_is_back()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        _server.Cameras = [Task(camera)];
        var running = Run();
        await UntilAsync(() => Told(SightEventKind.Sight)?.State == SightState.Seeing, TestContext.Current.CancellationToken);

        await camera.EndAsync();
        await UntilAsync(() => Told(SightEventKind.Sight)?.State == SightState.Offline, TestContext.Current.CancellationToken);
        await camera.BeginAsync();
        await UntilAsync(() => Told(SightEventKind.Sight)?.State == SightState.Seeing, TestContext.Current.CancellationToken);
        await UntilAsync(() => _server.Leases.Last().Cameras is [{ State: SightState.Seeing, Restarts: > 0 }], TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;

        // On a busy machine pictures may be late besides; what matters is told, in this order.
        List<SightState> told = [.. _server.Events.Where(happened => happened.Kind == SightEventKind.Sight).Select(happened => happened.State!.Value)];
        Assert.Contains(SightState.Offline, told[told.IndexOf(SightState.Seeing)..]);
        Assert.Equal(SightState.Seeing, told[^1]);
        Assert.Contains(_server.Leases, lease => lease.Cameras is [{ State: SightState.Offline, Fault: { Length: > 0 } }]);
        Assert.DoesNotContain(_server.Leases, lease => lease.Cameras.Any(report => report.Fault?.Contains("127.0.0.1", StringComparison.Ordinal) == true));
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_looks_on_sees_pictures_with_people_and_a_camera_that_is_taken_away_is_read_no_more()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        var task = Task(camera);
        _server.Cameras = [task with { IsWatched = true }];
        _isSomebodyThere = true;
        var running = Run();
        await UntilAsync(() => _server.Live.Any(live => live.People.Length > 2), TestContext.Current.CancellationToken);
        _server.Cameras = [];
        await UntilAsync(() => _server.Leases.Last().Cameras is [], TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;

        var live = _server.Live.First(shown => shown.People.Length > 2);
        Assert.Equal([0xff, 0xd8], live.Image.Take(2).Select(value => (int)value));
        Assert.True(DateTimeOffset.TryParse(live.Taken, System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.Equal(0.4, Assert.Single(JsonSerializer.Deserialize(live.People, WireJson.Default.IReadOnlyListSeenPerson)!).Left, 3);
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_that_the_server_does_not_know_ends_the_worker_with_the_reason_and_a_server_that_is_away_does_not()
    {
        var refused = await Assert.ThrowsAsync<KeyRefusedException>(() => Run("another-key"));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);

        _server.IsCut = true;
        var running = Run();
        await UntilAsync(() => _log.Text.Contains("cannot be reached", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        _server.IsCut = false;
        await UntilAsync(() => !_server.Leases.IsEmpty, TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;
    }

    private static CameraTask Task(RtspCamera camera) => new(Guid.CreateVersion7(), "basin", camera.Address, Zones, [], IsWatched: false, AllowOwnNetwork: true);

    private Task Run(string key = PretendServer.Key)
    {
        var options = new WorkerOptions
        {
            Server = _server.Address,
            Key = key,
            Name = "test/1",
            Folder = Path.Combine(_folder.FullName, "work"),
            Detectors = 1,
            Reader = new ReaderOptions { Reach = AddressReach.OwnMachine, PictureWithin = TimeSpan.FromSeconds(8), SegmentSeconds = 1 },
            Span = new ClipSpan { Before = TimeSpan.FromSeconds(2), After = TimeSpan.FromSeconds(2) },
        };
        return CameraWorker.RunAsync(options, () => new ScriptedDetector(_ => _isSomebodyThere ? [ScriptedDetector.Inside] : []), _log, TimeProvider.System, _stop.Token);
    }

    private SightEvent? Told(SightEventKind kind) => _server.Events.LastOrDefault(happened => happened.Kind == kind);

    private static async Task UntilAsync(Func<bool> isSo, CancellationToken stop)
    {
        while (!isSo()) await System.Threading.Tasks.Task.Delay(50, stop);
    }

    private sealed class Log : ILoggerFactory, ILogger
    {
        private readonly System.Text.StringBuilder _lines = new();

        public string Text
        {
            get
            {
                lock (_lines) return _lines.ToString();
            }
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Write(string line)
        {
            lock (_lines) _lines.AppendLine(line);
        }

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Write($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
