using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Connections;

/// <summary>
/// What an idle chip costs, and how long a county waits after a power cut: all chips boot at the same moment, connect, say hello and get time and settings. They come from
/// many addresses, like chips behind the gateways of many sites, so that the limits of an address stand as they are.
/// </summary>
internal static class ConnectionsBench
{
    private const int ChipsAnAddress = 1000;
    private const int FilesBeside = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static Command Command()
    {
        var chips = new Option<int>("--chips") { Description = "Number of chips.", DefaultValueFactory = _ => 20_000 };
        var idle = new Option<int>("--idle") { Description = "Seconds of idleness before memory is read.", DefaultValueFactory = _ => 60 };
        var command = new Command("connections", "Memory of an idle chip, and the time until all are back after a power cut.") { chips, idle };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(chips), TimeSpan.FromSeconds(parsed.GetValue(idle)), stop));
        return command;
    }

    private static async Task<int> RunAsync(int asked, TimeSpan idle, CancellationToken stop)
    {
        // Server and chips are a process each; each may open as many files as the system lets it.
        var count = Math.Min(asked, MostFiles() - FilesBeside);
        if (count < asked) Say($"This system lets a process open {MostFiles()} files: {count} chips instead of {asked}");
        using var data = new TemporaryFolder();
        var machines = Enumerable.Range(0, count).Select(number => new BenchMachine(number) { HasWelder = false }).ToList();
        Say($"Entering {count} machines and chips");
        var trusted = await SeededCounty.MakeAsync(data.Path, machines, stop);
        Say("Starting the server");
        await using var server = HostProcess.Start(data.Path, [.. SeededCounty.Settings, "--Anlan:Telemetry:Metrics=Loopback"]);
        await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
        // As long as with chips: the server gives back what its own start needed, too.
        await Task.Delay(idle, stop);
        var before = server.ResidentMegabytes;
        Say($"{before:F0} MB resident without chips");

        var first = Boot([], idle, out var firstSeconds);
        var (resident, used) = (server.ResidentMegabytes, first.Used);
        Say($"{resident:F0} MB resident with {count} idle chips; they cost {used:F2} % of a processor");
        first.Loop.Dispose();
        // The power is gone; the system has told the server so before it comes back.
        await Waiting.UntilAsync(() => server.OpenFiles <= FilesBeside, Longest, "the server lets connections go whose chips are gone", stop: stop);

        using var again = Boot(first.Chips, TimeSpan.Zero, out var stormSeconds).Loop;
        new BenchReport("connections", "chips").With("value", count).With("kb_per_connection", (resident - before) * 1024 / count).With("first_s", firstSeconds).With("reconnect_s", stormSeconds)
            .With("rss_mb", resident).With("rss_after_storm_mb", server.ResidentMegabytes).Print();
        return 0;

        (EventLoop Loop, List<BenchChip> Chips, double Used) Boot(List<BenchChip> known, TimeSpan quiet, out double seconds)
        {
            Say($"{count} chips boot");
            var loop = new EventLoop();
            var from = Stopwatch.GetTimestamp();
            var chips = new List<BenchChip>(count);
            foreach (var machine in machines)
            {
                chips.Add(loop.Connect(server.MqttPort, new BenchChip(machine, trusted, known.ElementAtOrDefault(machine.Number)) { From = AddressOf(machine.Number) }));
                if (chips.Count % 100 == 0) loop.Turn(0);
            }

            loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsAccepted), Longest, "connections");
            chips.ForEach(chip => chip.Subscribe());
            loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsReady), Longest, "time and settings");
            seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
            Say($"All ready after {seconds:F1} s");
            var (processor, since, advanced) = (server.ProcessorTime, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
            loop.TurnFor(quiet, () =>
            {
                if (Stopwatch.GetElapsedTime(advanced) < TimeSpan.FromSeconds(1)) return;
                advanced = Stopwatch.GetTimestamp();
                chips.ForEach(chip => chip.Advance());
            });
            return (loop, chips, (server.ProcessorTime - processor) / Stopwatch.GetElapsedTime(since) * 100);
        }
    }

    private static IPAddress AddressOf(int number) => new([127, 1, (byte)(number / ChipsAnAddress), 1]);

    private static int MostFiles()
    {
        var line = File.ReadLines("/proc/self/limits").First(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        return int.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture, out var hard) ? hard : int.MaxValue;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
