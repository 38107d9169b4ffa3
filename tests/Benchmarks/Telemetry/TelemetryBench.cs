using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Scopes;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Telemetry;

/// <summary>
/// How many points a second are taken in: ten a message, one message of each chip under way, acknowledged after the commit. The baseline writes the same points in bulk into the same
/// database, one row a point, without a network, a log or a roll-up.
/// </summary>
internal static class TelemetryBench
{
    private const int WarmUpMessages = 100_000;
    private static readonly TimeSpan LongestRolling = TimeSpan.FromMinutes(5);

    public static Command Command()
    {
        var store = new Option<string>("--store") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        var chips = new Option<int>("--chips") { Description = "Number of chips.", DefaultValueFactory = _ => 1000 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var server = new Option<string?>("--postgres") { Description = "Connection string of the PostgreSQL server; ./anlan bench gives it." };
        var command = new Command("telemetry", "Points a second that are durable, against a bare bulk insert.") { store, chips, seconds, server };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(store) == "postgres" ? parsed.GetValue(server) ?? throw new ArgumentException("--postgres is missing.") : null, parsed.GetValue(chips), TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? postgres, int count, TimeSpan time, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        await using var database = postgres is null ? null : await BenchDatabase.MakeAsync(postgres, stop);
        string[] where = database is null ? [] : [$"--Anlan:Postgres={database.Connection}"];
        var machines = Enumerable.Range(0, count).Select(number => new BenchMachine(number)).ToList();
        Say($"Entering {count} machines and chips");
        await SeededCounty.MakeAsync(data.Path, machines, stop, where);
        Say("Starting the server");
        var report = new BenchReport("telemetry", "points/s");
        await using (var server = HostProcess.Start(data.Path, [.. SeededCounty.Settings, .. where]))
        {
            await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
            await MeasureAsync(server, machines, time, report, stop);
        }

        Say($"Measuring the baseline for {time.TotalSeconds:F0} s");
        var baseline = database is null ? await BulkInsert.IntoSqliteAsync(data.Path, time, stop) : await BulkInsert.IntoPostgresAsync(database.Connection, time, stop);
        report.Against(baseline).Print();
        return 0;
    }

    private static async Task MeasureAsync(HostProcess server, List<BenchMachine> machines, TimeSpan time, BenchReport report, CancellationToken stop)
    {
        using var loop = new EventLoop();
        var load = new MeasuringLoad();
        Say($"Connecting {machines.Count} chips");
        var chips = machines.ConvertAll(machine => loop.Connect(server.MqttPort, new MeasuringChip(machine, load)));
        loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsAccepted), TimeSpan.FromSeconds(60), "connections");
        chips.ForEach(chip => chip.Measure());
        WarmUp.Run(time => loop.TurnFor(time), () => load.Latencies.Count, WarmUpMessages);
        load.Begin();
        Say($"Measuring for {time.TotalSeconds:F0} s");
        var (used, usedHere, from) = (server.ProcessorTime, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        loop.TurnFor(time);
        var (elapsed, messages) = (Stopwatch.GetElapsedTime(from), load.Latencies.Count);
        (used, usedHere) = (server.ProcessorTime - used, Environment.CpuUsage.TotalTime - usedHere);
        load.End();
        loop.TurnUntil(() => load.UnderWay == 0, TimeSpan.FromSeconds(30), "the last acknowledgements");
        Say($"Processor: {used / messages:s\\.ffffff} s a message in the server, {usedHere / messages:s\\.ffffff} s in the chips; {server.ResidentMegabytes:F0} MB resident");
        report.With("value", messages * (double)MeasuringChip.PointsAMessage / elapsed.TotalSeconds).With(load.Latencies).With("messages", messages);

        // What was taken in is rolled up a little later; how much later is told, too.
        var behind = Stopwatch.GetTimestamp();
        await Waiting.UntilAsync(async () => !await IsBehindAsync(server, stop), LongestRolling, "the roll-ups catch up", TimeSpan.FromMilliseconds(100), stop: stop);
        report.With("rollup_behind_s", Stopwatch.GetElapsedTime(behind).TotalSeconds);
    }

    private static async Task<bool> IsBehindAsync(HostProcess server, CancellationToken stop)
    {
        using var http = new HttpClient();
        using var ready = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/health/ready"), stop));
        return ready.RootElement.GetProperty("rolledUp").GetInt64() < ready.RootElement.GetProperty("measured").GetInt64();
    }

    private static void Say(string text) => Console.WriteLine(text);
}
