using System.CommandLine;
using System.Diagnostics;
using Anlan.Benchmarks.Interlock;

namespace Anlan.Benchmarks.Soak;

/// <summary>
/// Whether memory grows: a county works at an even pace for an hour, and each minute it is read what the server holds. Whatever is forgotten in a table of the process grows with the acts of the load; what is bounded is
/// full long before the hour is over.
/// </summary>
internal static class SoakBench
{
    private const double PagesPerSecond = 5;

    // The load makes 36,000 starts an hour, 3,600 reconnects, 7,200 strangers with an address each and 18,000 pages. The smallest thing that a table can forget is an entry of some 100 bytes: one for each start is 3.6 MB an hour.
    private const double MostLiveGrowth = 3;

    // What the system sees is what lives and the room that the collector keeps for the young, which comes and goes with bursts. More than this an hour would be what is alive, or native memory.
    private const double MostResidentGrowth = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public static Command Command()
    {
        var minutes = new Option<int>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var idle = new Option<int>("--chips") { Description = "Idle chips.", DefaultValueFactory = _ => 1000 };
        var working = new Option<int>("--machines") { Description = "Machines that start and stop.", DefaultValueFactory = _ => 200 };
        var measuring = new Option<int>("--measuring") { Description = "Chips that measure, a message of ten points each ten seconds.", DefaultValueFactory = _ => 200 };
        var starts = new Option<double>("--rate") { Description = "Starts a second.", DefaultValueFactory = _ => 10 };
        var command = new Command("soak", "Growth of memory an hour while a county works at an even pace.") { minutes, idle, working, measuring, starts };
        command.SetAction((parsed, stop) => RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), new SoakPlan(parsed.GetValue(idle), parsed.GetValue(working), parsed.GetValue(measuring), parsed.GetValue(starts)), stop));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan time, SoakPlan plan, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        var machines = plan.Machines();
        Say($"Entering {machines.Count} machines and chips");
        string[] settings = [.. SeededCounty.Settings, "--Anlan:Demo=true", "--Anlan:Telemetry:Metrics=Loopback"];
        var trusted = await SeededCounty.MakeAsync(data.Path, machines, stop, settings);
        Say("Starting the server");
        await using var server = HostProcess.Start(data.Path, settings);
        await server.UntilReadyAsync(TimeSpan.FromMinutes(5), stop);
        var working = machines.Take(plan.Working).ToList();
        Say("Signing the welders in");
        await SignIns.RunAsync(server.HttpPort, working, stop);
        using var load = new SoakLoad(server, plan, machines, trusted);
        using var people = new SoakPeople(server.HttpPort, working, PagesPerSecond);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = people.RunAsync(over.Token);

        Say("  minute   resident MB   alive MB   threads   files   waiting      starts   reconnects   strangers   pages");
        var samples = new List<SoakSample>();
        for (var (from, minute) = (Stopwatch.GetTimestamp(), 0); ; minute++)
        {
            samples.Add(await SoakSample.TakeAsync(server, Stopwatch.GetElapsedTime(from), stop));
            Say($"{minute,8} {samples[^1].Resident,13:F1} {samples[^1].Live,10:F1} {samples[^1].Threads,9} {samples[^1].Files,7} {samples[^1].Waiting,9:F0} {load.Started,11} {load.Reconnected,12} {load.Visited,11} {people.Read,7}");
            if (Stopwatch.GetElapsedTime(from) >= time || stop.IsCancellationRequested) break;
            load.TurnFor(TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, (Interval * (minute + 1) - Stopwatch.GetElapsedTime(from)).Ticks)));
            if (reading.IsFaulted) await reading;
        }

        await over.CancelAsync();
        await reading;
        return Judge(samples, load);
    }

    private static int Judge(List<SoakSample> samples, SoakLoad load)
    {
        var (live, resident) = (SoakSample.GrowthAnHour(samples, sample => sample.Live), SoakSample.GrowthAnHour(samples, sample => sample.Resident));
        var isFlat = live <= MostLiveGrowth && resident <= MostResidentGrowth;
        Say($"Alive: {live:+0.0;-0.0} MB an hour (flat: at most {MostLiveGrowth}); resident: {resident:+0.0;-0.0} MB an hour (flat: at most {MostResidentGrowth}). {(isFlat ? "Flat" : "NOT FLAT")}");
        new BenchReport("soak", "MB/h").With("value", live).With("resident_growth", resident).With("rss_mb", samples[^1].Resident).With("live_mb", samples[^1].Live)
            .With("threads_growth", SoakSample.GrowthAnHour(samples, sample => sample.Threads)).With("files_growth", SoakSample.GrowthAnHour(samples, sample => sample.Files))
            .With("most_waiting", samples.Max(sample => sample.Waiting)).With("starts", load.Started).With("refused", load.Refused).With("minutes", samples[^1].Hours * 60).Print();
        return isFlat ? 0 : 1;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
