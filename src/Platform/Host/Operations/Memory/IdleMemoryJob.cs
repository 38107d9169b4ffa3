using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Log;

namespace Anlan.Host.Operations.Memory;

/// <summary>
/// Gives memory back once a burst is over. For speed the collector keeps the room that a burst needed (see the project file), and with nothing to do it never looks again: twenty thousand chips that came back after a
/// power cut left 600 MB behind that nobody used. A full, compacting collection returns it; everybody waits meanwhile, so it is done once after a burst, when hardly anybody is there and no machine runs, and not where
/// it would take long.
/// </summary>
internal sealed partial class IdleMemoryJob(ILead lead, IServiceProvider provider, TimeProvider clock, ILogger<IdleMemoryJob> logger) : BackgroundService
{
    // Whoever asks waits for as long as it takes, some milliseconds for each MB that is alive. Of a larger heap the room is a small part.
    private const long MostAlive = 1024;

    private const long Megabyte = 1L << 20;

    private readonly BurstWatch _watch = new();

    // A process that stands by has no log, and nobody waits for it.
    private bool IsAnythingHeld => lead.IsHere && provider.GetRequiredService<HotLog>().IsAnythingHeld;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BurstWatch.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_watch.IsOver(GC.GetTotalAllocatedBytes(), IsAnythingHeld)) GiveBack();
        }
    }

    private void GiveBack()
    {
        var alive = GC.GetGCMemoryInfo().HeapSizeBytes / Megabyte;
        if (alive > MostAlive)
        {
            LogLeft(alive);
            return;
        }

        var (before, paused) = (Environment.WorkingSet, GC.GetTotalPauseDuration());
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (returned, waited) = ((before - Environment.WorkingSet) / Megabyte, GC.GetTotalPauseDuration() - paused);
        LogGivenBack(returned, waited);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory given back after a burst: {Megabytes} MB; everybody waited {Waited}")]
    private partial void LogGivenBack(long megabytes, TimeSpan waited);

    [LoggerMessage(Level = LogLevel.Information, Message = "No memory is given back after a burst: {Megabytes} MB are alive, and everybody would wait too long")]
    private partial void LogLeft(long megabytes);
}
