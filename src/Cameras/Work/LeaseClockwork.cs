using Anlan.Cameras.Sight.Wire;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Cameras.Work;

/// <summary>Sees which cameras have no worker: their spaces are unprotected from that moment on, and somebody is told.</summary>
internal sealed partial class LeaseClockwork(LeaseDesk desk, SightDesk sights, IOptions<CamerasOptions> options, TimeProvider clock, ILogger<LeaseClockwork> logger) : BackgroundService
{
    /// <summary>One look.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        foreach (var camera in desk.Unwatched(clock.GetUtcNow()))
        {
            await sights.SayAsync(camera.Id, SightState.Unwatched, stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A look at the cameras without a worker failed; it is repeated")]
    private partial void LogFailed(Exception failed);
}

/// <summary>Gives workers time to come back after the server was away.</summary>
internal sealed class LeaseLoading(LeaseDesk desk, TimeProvider clock) : IStartUpStep
{
    public async Task RunAsync(AnlanDb db, CancellationToken stop) => desk.Restore(await db.Set<CameraLease>().AsNoTracking().ToListAsync(stop), clock.GetUtcNow());
}
