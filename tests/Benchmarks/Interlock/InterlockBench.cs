using System.CommandLine;
using System.Diagnostics;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Interlock;

/// <summary>
/// How many starts a second the whole chain completes: request over HTTP, decision in the machine's turn, durable log, ES256 grant over
/// MQTT, verification and acknowledgement by the chip, answer to the phone. Each start is followed by a stop, which is not counted.
/// </summary>
internal static class InterlockBench
{
    private const int Connections = 256;
    private const int WarmUpStarts = 40_000;
    private static readonly TimeSpan AdvancePeriod = TimeSpan.FromSeconds(1);

    public static Command Command()
    {
        var machines = new Option<int>("--machines") { Description = "Number of machines, each with a chip and a welder of its own.", DefaultValueFactory = _ => 3000 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var rate = new Option<int>("--rate") { Description = "Starts a second; 0 = as many as go." };
        var noBaseline = new Option<bool>("--no-baseline") { Description = "Leave the baseline out." };
        var command = new Command("interlock", "Completed starts a second over HTTP and MQTT, against bare messages through mosquitto.") { machines, seconds, rate, noBaseline };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(machines), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate), !parsed.GetValue(noBaseline), stop));
        return command;
    }

    private static async Task<int> RunAsync(int count, TimeSpan time, int rate, bool hasBaseline, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        var machines = Enumerable.Range(0, count).Select(number => new BenchMachine(number)).ToList();
        Say($"Entering {count} machines, chips and welders");
        var trusted = await SeededCounty.MakeAsync(data.Path, machines, stop);
        Say("Starting the server");
        var report = new BenchReport("interlock", "starts/s");
        StartLoad load;
        await using (var server = HostProcess.Start(data.Path, SeededCounty.Settings))
        {
            await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
            load = (await MeasureAsync(server, machines, trusted, time, rate, report, stop)).Load;
        }

        if (hasBaseline)
        {
            Say($"Measuring the baseline for {time.TotalSeconds:F0} s");
            var baseline = MosquittoBaseline.Measure(count, time);
            Say($"Processor: {baseline.Processor:s\\.ffffff} s a request in the baseline, broker and clients");
            report.Against(baseline.PerSecond);
        }

        report.With(load.Latencies).With("failed", load.Failures).Print();
        return load.Failures == 0 ? 0 : 1;
    }

    /// <summary>What a measurement found beside the report's value.</summary>
    /// <param name="Load">Durations and failures.</param>
    /// <param name="Processor">Processor time of the server a start, in the best of the windows.</param>
    /// <param name="Allocated">Bytes that the server allocated a start; null where its metrics are not open.</param>
    public sealed record Measured(StartLoad Load, TimeSpan Processor, double? Allocated);

    /// <summary>Signs all welders in, connects all chips, warms the server up and measures in windows of <paramref name="time"/>; puts starts a second over all of them into the report.</summary>
    public static async Task<Measured> MeasureAsync(HostProcess server, List<BenchMachine> machines, IReadOnlyList<byte[]> trusted, TimeSpan time, int rate, BenchReport report, CancellationToken stop, int windows = 1)
    {
        Say("Signing the welders in");
        await SignIns.RunAsync(server.HttpPort, machines, stop);
        using var loop = new EventLoop();
        var chips = Connect(loop, server.MqttPort, machines, trusted);

        var load = new StartLoad(machines, chips, rate);
        var connections = Enumerable.Range(0, Connections).Select(_ => loop.Connect(server.HttpPort, new WelderConnection(load))).ToList();
        connections.ForEach(load.Join);
        WarmUp.Run(time => TurnFor(loop, time, load, chips), () => load.Latencies.Count, WarmUpStarts);
        load.BeginMeasuring();
        Say($"Measuring for {time.TotalSeconds * windows:F0} s");
        var (least, leastAllocated, usedHere, from) = (TimeSpan.MaxValue, default(double?), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var window = 0; window < windows; window++)
        {
            var (used, allocated, before) = (server.ProcessorTime, await server.AllocatedBytesAsync(stop), load.Latencies.Count);
            TurnFor(loop, time, load, chips);
            var done = load.Latencies.Count - before;
            used = (server.ProcessorTime - used) / done;
            if (used < least) (least, leastAllocated) = (used, (await server.AllocatedBytesAsync(stop) - allocated) / done);
        }

        var (elapsed, completed) = (Stopwatch.GetElapsedTime(from), load.Latencies.Count);
        usedHere = Environment.CpuUsage.TotalTime - usedHere;
        var resident = server.ResidentMegabytes;
        load.End();
        loop.TurnUntil(() => connections.TrueForAll(connection => !connection.IsBusy) && chips.TrueForAll(chip => !chip.IsPowered), TimeSpan.FromSeconds(30), "the last stops");
        Say($"Processor: {least:s\\.ffffff} s a start in the server, {usedHere / completed:s\\.ffffff} s in the chips and phones; {resident:F0} MB resident");
        if (load.FirstFailure is not null) Say($"{load.Failures} requests failed, the first with {load.FirstFailure}");
        if (load.Untruths > 0) throw new InvalidOperationException($"{load.Untruths} machines were said to have power and had none.");
        report.With("value", completed / elapsed.TotalSeconds);
        return new Measured(load, least, leastAllocated);
    }

    /// <summary>Connects all chips and waits until each has time and settings.</summary>
    public static List<BenchChip> Connect(EventLoop loop, int port, List<BenchMachine> machines, IReadOnlyList<byte[]> trusted)
    {
        Say($"Connecting {machines.Count} chips");
        var chips = new List<BenchChip>(machines.Count);
        foreach (var machine in machines)
        {
            chips.Add(loop.Connect(port, new BenchChip(machine, trusted)));
            if (chips.Count % 100 == 0) loop.Turn(0);
        }

        loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsAccepted), TimeSpan.FromSeconds(60), "connections");
        chips.ForEach(chip => chip.Subscribe());
        loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsReady), TimeSpan.FromSeconds(60), "time and settings");
        return chips;
    }

    private static void TurnFor(EventLoop loop, TimeSpan time, StartLoad load, List<BenchChip> chips)
    {
        var advanced = 0L;
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < time;)
        {
            load.Pump();
            loop.Turn(1);
            if (Stopwatch.GetElapsedTime(advanced) < AdvancePeriod) continue;
            advanced = Stopwatch.GetTimestamp();
            foreach (var chip in chips) chip.Advance();
        }
    }

    private static void Say(string text) => Console.WriteLine(text);
}
