using System.CommandLine;
using System.Diagnostics;

namespace Anlan.Benchmarks.Startup;

/// <summary>How long the built server needs, from the start of its process on an empty data folder, until it is ready; and what it then holds in memory.</summary>
internal static class StartupBench
{
    public static Command Command()
    {
        var runs = new Option<int>("--runs") { Description = "How often; the median counts.", DefaultValueFactory = _ => 3 };
        var command = new Command("startup", "Seconds from the start of the server's process on an empty data folder to readiness, and its memory.") { runs };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(runs), stop));
        return command;
    }

    private static async Task<int> RunAsync(int runs, CancellationToken stop)
    {
        var seconds = new List<double>();
        var megabytes = new List<double>();
        for (var run = 1; run <= Math.Max(1, runs); run++)
        {
            using var data = new TemporaryFolder();
            var watch = Stopwatch.StartNew();
            await using var server = HostProcess.Start(data.Path);
            await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
            seconds.Add(watch.Elapsed.TotalSeconds);
            megabytes.Add(server.ResidentMegabytes);
            Console.WriteLine($"run {run}: ready after {seconds[^1]:F2} s with {megabytes[^1]:F0} MB");
        }

        new BenchReport("startup", "s").With("value", Median(seconds)).With("rss_mb", Median(megabytes)).With("runs", runs).Print();
        return 0;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
