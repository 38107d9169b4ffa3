using System.Diagnostics;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Figures;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations.Figures;

/// <summary>The figures of log, read tables and events.</summary>
internal static class SystemFigures
{
    /// <summary>Declares them.</summary>
    public static void AddSystemFigures(this IServiceCollection services)
    {
        services.AddFigure("ingest.lag", FigureUnit.Seconds, "Age of the oldest log entry that the read tables lack.", (scope, now) => FigureServices.SecondsSince(scope.GetRequiredService<Projector>().OldestWaiting, now));
        services.AddFigure("disk.used", FigureUnit.Percent, "Parts of a hundred of the data's disk that are in use.", (scope, _) => PercentUsed(new DriveInfo(scope.GetRequiredService<DataFolder>().Root)));
        services.AddFigure("ingest.entries", FigureUnit.Count, "Log entries that the read tables lack.", (scope, _) => scope.GetRequiredService<HotLog>().LastSeq - scope.GetRequiredService<Projector>().Seq);
        services.AddFigure("telemetry.lag", FigureUnit.Seconds, "Age of the oldest measurements that are not rolled up.", (scope, now) => FigureServices.SecondsSince(scope.GetRequiredService<Projector>().OldestMeasured, now));
        services.AddFigure("commit.time", FigureUnit.Seconds, "99th percentile of the log's commits of the last minute, or the age of the present one.", (scope, _) => scope.GetRequiredService<HotLog>().Commits.SlowestSeconds(Stopwatch.GetTimestamp()));
        services.AddFigure("commit.failures", FigureUnit.Count, "Batches of the last minute that the log could not write.", (scope, _) => scope.GetRequiredService<HotLog>().Commits.FailuresLately(Stopwatch.GetTimestamp()));
        services.AddFigure("outbox.lag", FigureUnit.Seconds, "Age of the oldest event that a subscriber lacks.", async (scope, now, stop) =>
            FigureServices.SecondsSince(await Waiting(scope).OrderBy(m => m.Seq).Select(m => (DateTimeOffset?)m.At).FirstOrDefaultAsync(stop), now));
        services.AddFigure("outbox.waiting", FigureUnit.Count, "Events that wait for a subscriber.", async (scope, _, stop) => await Waiting(scope).CountAsync(stop));
    }

    private static double PercentUsed(DriveInfo disk) => disk.TotalSize == 0 ? 0 : 100.0 * (disk.TotalSize - disk.AvailableFreeSpace) / disk.TotalSize;

    // What was put aside is a task of its own (DeadEventTasks).
    private static IQueryable<OutboxMessage> Waiting(IServiceProvider scope) => scope.GetRequiredService<AnlanDb>().Set<OutboxMessage>().AsNoTracking().Where(m => m.DeadAt == null);
}
