using System.CommandLine;
using System.Diagnostics;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Scopes;

namespace Anlan.Benchmarks.Failover;

/// <summary>
/// Three servers behind a balancer, machines that start and stop without a break: the deciding server is killed, held still, and asked to stop. How long until every machine
/// had power again that was asked for afterwards; that is full service, chips and phones of the lost server included.
/// </summary>
internal static class FailoverBench
{
    private const int Servers = 3;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static Command Command()
    {
        var machines = new Option<int>("--machines") { Description = "Machines at work.", DefaultValueFactory = _ => 60 };
        var rounds = new Option<int>("--rounds") { Description = "How often each fault happens; the longest counts.", DefaultValueFactory = _ => 3 };
        var postgres = new Option<string>("--postgres") { Description = "A PostgreSQL server; ./anlan bench starts one.", Required = true };
        var command = new Command("failover", "From the fault of the deciding server until all machines have service again.") { machines, rounds, postgres };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(machines), parsed.GetValue(rounds), parsed.GetValue(postgres)!, stop));
        return command;
    }

    private static async Task<int> RunAsync(int count, int rounds, string postgres, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        await using var database = await BenchDatabase.MakeAsync(postgres, stop);
        var machines = Enumerable.Range(0, count).Select(number => new BenchMachine(number)).ToList();
        Say($"Entering {count} machines, starting {Servers} servers and a balancer");
        await using var cluster = await Cluster.StartAsync(data.Path, database.Connection, machines, Servers, stop);
        var counted = new Count();
        await using var load = await ClusterLoad.BeginAsync(cluster, machines, counted, null, stop);
        var (kill, hang, end, failures) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0);
        for (var round = 1; round <= rounds; round++)
        {
            kill = Longer(kill, await FaultAsync("kill -9", server => server.Kill()));
            hang = Longer(hang, await FaultAsync("held still", server => server.Hang()));
            end = Longer(end, await FaultAsync("asked to stop", server => server.AskToStop()));
            failures += counted.SinceMark;
        }

        await load.EndWorkAsync(stop);
        new BenchReport("failover", "s").With("value", kill.TotalSeconds).With("kill_s", kill.TotalSeconds).With("hang_s", hang.TotalSeconds).With("stop_s", end.TotalSeconds)
            .With("stop_failures", failures).With("machines", count).With("servers", Servers).With("starts", load.Starts).Print();
        return 0;

        async Task<TimeSpan> FaultAsync(string what, Action<HostProcess> fault)
        {
            await Task.Delay(Settling, stop);
            var number = await cluster.FindDecidingAsync(stop);
            var server = cluster.Servers[number];
            counted.Mark();
            var moment = Stopwatch.GetTimestamp();
            fault(server);
            // A polite stop is over when the process has ended; a start before that proves nothing.
            if (what == "asked to stop") await server.UntilEndedAsync(stop);
            var ended = Stopwatch.GetElapsedTime(moment);
            var took = await load.UntilAllWorkAsync(what == "asked to stop" ? Stopwatch.GetTimestamp() : moment, stop);
            var each = load.SecondsAfter(what == "asked to stop" ? moment + (long)(ended.TotalSeconds * Stopwatch.Frequency) : moment);
            Say($"Machines: a quarter after {each[each.Count / 4]:0.00} s, half after {each[each.Count / 2]:0.00} s, nine tenths after {each[each.Count * 9 / 10]:0.00} s");
            Say($"Server {number} {what}: full service after {took.TotalSeconds:0.00} s{(what == "asked to stop" ? $" (it ended after {ended.TotalSeconds:0.00} s)" : "")}; {counted.SinceMark} requests failed{counted.Examples}");
            // Whoever is let go after a take-over ends itself at once.
            if (what == "held still") server.GoOn();
            await server.UntilEndedAsync(stop);
            await cluster.StartAsync(number, stop);
            return took;
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Say(string text) => Console.WriteLine(text);

    private sealed class Count : IDiary
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _failures = new();

        public int SinceMark => _failures.Count;

        public string Examples => _failures.IsEmpty ? "" : $": {string.Join("; ", _failures.Distinct(StringComparer.Ordinal).Take(3).Select(failure => failure.Length > 160 ? failure[..160] : failure))}";

        public void Mark() => _failures.Clear();

        public void Granted(Guid decision, Guid session)
        {
        }

        public void Powered(Guid session)
        {
        }

        public void Stopped(Guid session)
        {
        }

        public void Failed(string what) => _failures.Enqueue(what);

        public IDisposable Leave() => Nothing.Instance;

        private sealed class Nothing : IDisposable
        {
            public static readonly Nothing Instance = new();

            public void Dispose()
            {
            }
        }
    }
}
