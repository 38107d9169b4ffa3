using System.Globalization;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The whole worker: its parts put together, begun and ended.</summary>
internal static class CameraWorker
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan KeepVideo = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LastDeliveries = TimeSpan.FromSeconds(3);

    /// <summary>Works until it is stopped.</summary>
    /// <param name="options">How.</param>
    /// <param name="open">Opens a detector.</param>
    /// <param name="logs">Where it says what it does; never an address.</param>
    /// <param name="clock">The time.</param>
    /// <param name="stop">Ends it: the cameras are given back.</param>
    /// <exception cref="KeyRefusedException">The server refuses the key.</exception>
    public static async Task RunAsync(WorkerOptions options, Func<IPersonDetector> open, ILoggerFactory logs, TimeProvider clock, CancellationToken stop)
    {
        var (spools, videos, clips, views) = (Part(options, "spool"), Part(options, "video"), Part(options, "clips"), Part(options, "views"));
        // Video and half-made clips of the run before show nothing that an event of this run names.
        foreach (var old in Directory.GetDirectories(videos)) Directory.Delete(old, recursive: true);
        foreach (var old in Directory.GetFiles(clips)) File.Delete(old);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var working = new CancellationTokenSource();
        using var spool = new Spool(spools, options.SpoolBytes, logs.CreateLogger<Spool>());
        using var line = new ServerLine(options.Server, options.Key, options.Authorities);
        using var maker = new ClipMaker(options.Reader.Program, clips, logs.CreateLogger<ClipMaker>());
        using var desk = new DetectionDesk(open, options.Detectors, clock, logs.CreateLogger<DetectionDesk>());
        var pool = new Picture.PicturePool();
        var parts = new CameraParts(desk, spool, new LiveWindow(line, clock, working.Token), maker, clock)
        {
            Views = views,
            Span = options.Span,
            Open = (task, ring) => new FfmpegReader(task.Address, ReachOf(task, options), options.Reader, pool, ring?.Folder, clock),
            Ring = options.HasClips ? camera => new SegmentRing(Path.Combine(videos, string.Create(CultureInfo.InvariantCulture, $"{camera:N}-{Guid.CreateVersion7():N}")), KeepVideo, options.RingBytes) : null,
        };
        await using var cameras = new CameraDesk(parts, logs);
        var deliveries = new Deliveries(spool, line, options.Name, clock, logs.CreateLogger<Deliveries>()).RunAsync(working.Token);
        var detecting = desk.RunAsync(working.Token);
        try
        {
            await new ServerDesk(line, cameras, spool, options.Name, clock, logs.CreateLogger<ServerDesk>()).RunAsync(ending.Token);
        }
        finally
        {
            await cameras.EndAsync();
            // What was seen last is brought away if the line is there; else it waits on the disk.
            for (var began = clock.GetTimestamp(); spool.Count > 0 && clock.GetElapsedTime(began) < LastDeliveries;) await Task.Delay(TimeSpan.FromMilliseconds(100), clock, CancellationToken.None);
            await working.CancelAsync();
            await Task.WhenAll(deliveries, detecting);
        }
    }

    // A file of this machine is read only where everything may be.
    private static AddressReach ReachOf(CameraTask task, WorkerOptions options) => options.Reader.Reach == AddressReach.OwnMachine ? AddressReach.OwnMachine : task.AllowOwnNetwork ? AddressReach.OwnNetwork : AddressReach.Outside;

    private static string Part(WorkerOptions options, string name)
    {
        var folder = Path.Combine(options.Folder, name);
        // Pictures of people: for nobody else on this machine.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OnlyOwner);
        return folder;
    }
}
