using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The cameras that this worker runs now: begun, changed and ended as the server says, each by itself.</summary>
internal sealed partial class CameraDesk(CameraParts parts, ILoggerFactory logs) : IAsyncDisposable
{
    private readonly ILogger _log = logs.CreateLogger<CameraDesk>();
    private readonly Dictionary<Guid, Running> _running = [];
    private readonly List<Task> _ending = [];

    /// <summary>How each does.</summary>
    public IReadOnlyList<CameraReport> Reports() => [.. _running.Values.Select(running => running.Run.Report())];

    /// <summary>The server has heard these.</summary>
    public void Reported(IReadOnlyList<CameraReport> reports)
    {
        foreach (var report in reports)
        {
            if (_running.TryGetValue(report.Camera, out var running)) running.Run.Reported(report);
        }
    }

    /// <summary>Pictures that were passed over, of all cameras.</summary>
    public long Drops => _running.Values.Sum(running => running.Run.Drops);

    /// <summary>Runs these and no others.</summary>
    public void Hold(IReadOnlyList<CameraTask> tasks, TimeZoneInfo city)
    {
        var wanted = tasks.ToDictionary(task => task.Camera);
        foreach (var (camera, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(camera, out var task) || running.Done.IsCompleted || IsOther(running.Run.Task, task) || running.City.Id != city.Id) End(camera);
            else running.Run.Change(task);
        }

        _ending.RemoveAll(ending => ending.IsCompleted);
        foreach (var task in tasks.Where(task => !_running.ContainsKey(task.Camera))) Begin(task, city);
    }

    /// <summary>Ends all of them, and waits until their last clips are made.</summary>
    public async Task EndAsync()
    {
        foreach (var camera in _running.Keys.ToList()) End(camera);
        await Task.WhenAll(_ending);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private static bool IsOther(CameraTask one, CameraTask other) => one.Address != other.Address || one.AllowOwnNetwork != other.AllowOwnNetwork;

    private void Begin(CameraTask task, TimeZoneInfo city)
    {
        var stop = new CancellationTokenSource();
        var run = new CameraRun(task, city, parts, logs.CreateLogger<CameraRun>());
        _running.Add(task.Camera, new Running(run, RunAsync(run, task.Camera, stop.Token), stop, city));
        LogBegun(_log, task.Camera, task.Zones.Zones.Count, task.Zones.Version);
    }

    private async Task RunAsync(CameraRun run, Guid camera, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await run.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception broken)
        {
            LogBroken(_log, broken, camera);
        }
    }

    // The last clips of one camera must not hold up what the server says of the others.
    private void End(Guid camera)
    {
        if (_running.Remove(camera, out var running)) _ending.Add(EndAsync(camera, running));
    }

    private async Task EndAsync(Guid camera, Running running)
    {
        await running.Stop.CancelAsync();
        await running.Done;
        running.Stop.Dispose();
        LogEnded(_log, camera);
    }

    private sealed record Running(CameraRun Run, Task Done, CancellationTokenSource Stop, TimeZoneInfo City);

    [LoggerMessage(Level = LogLevel.Information, Message = "Camera {Camera} is read, with {Zones} zones (version {Version})")]
    private static partial void LogBegun(ILogger logger, Guid camera, int zones, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Camera {Camera} is read no more")]
    private static partial void LogEnded(ILogger logger, Guid camera);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Camera {Camera} ended by a fault; it begins anew with the next answer of the server")]
    private static partial void LogBroken(ILogger logger, Exception exception, Guid camera);
}
