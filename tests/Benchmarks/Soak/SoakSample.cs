namespace Anlan.Benchmarks.Soak;

/// <summary>What the server holds at a moment.</summary>
/// <param name="Hours">Since the soak began.</param>
/// <param name="Resident">Resident memory in MB, before the collection that the next figure needs.</param>
/// <param name="Live">What is alive after a full collection, in MB.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Files">Open files and sockets.</param>
/// <param name="Waiting">Everything that waits in a queue: log entries that the read tables lack, events, grants without an answer.</param>
internal sealed record SoakSample(double Hours, double Resident, double Live, int Threads, int Files, double Waiting)
{
    private static readonly string[] Queues = ["anlan_ingest_entries", "anlan_outbox_waiting", "anlan_grants_unacknowledged"];

    /// <summary>Takes one; the server stands still for the length of a full collection.</summary>
    public static async Task<SoakSample> TakeAsync(HostProcess server, TimeSpan since, CancellationToken stop)
    {
        var (resident, threads, files) = (server.ResidentMegabytes, server.Threads, server.OpenFiles);
        var live = await server.LiveMegabytesAsync(stop);
        var figures = await server.FiguresAsync(stop);
        return new SoakSample(since.TotalHours, resident, live, threads, files, Queues.Sum(figures.Of));
    }

    /// <summary>
    /// Growth an hour: the median of the slopes between all pairs of samples (Theil and Sen), so that single bursts and single collections move it little. The first third is left out: caches of a bounded size fill
    /// then, and the runtime compiles.
    /// </summary>
    public static double GrowthAnHour(IReadOnlyList<SoakSample> samples, Func<SoakSample, double> figure)
    {
        var settled = samples.Skip(samples.Count / 3).ToList();
        var slopes = settled.SelectMany((first, place) => settled.Skip(place + 1).Select(later => (figure(later) - figure(first)) / (later.Hours - first.Hours))).Order().ToList();
        return slopes.Count == 0 ? 0 : (slopes[(slopes.Count - 1) / 2] + slopes[slopes.Count / 2]) / 2;
    }
}
