using System.CommandLine;
using System.Diagnostics;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Revocation;

/// <summary>
/// From the act of a bureau that revokes until the chip has cut the power: a thousand machines weld, all are revoked, as fast as one bureau's connections can ask. Each round starts them again.
/// </summary>
internal static class RevokeBench
{
    private const int WarmUpRounds = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static Command Command()
    {
        var machines = new Option<int>("--machines") { Description = "Number of running machines.", DefaultValueFactory = _ => 1000 };
        var connections = new Option<int>("--connections") { Description = "Connections over which the bureau asks.", DefaultValueFactory = _ => 32 };
        var rounds = new Option<int>("--rounds") { Description = "How often all are started and revoked.", DefaultValueFactory = _ => 10 };
        var command = new Command("revoke", "From the act that revokes until the power is off, over a thousand running machines.") { machines, connections, rounds };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(machines), parsed.GetValue(connections), parsed.GetValue(rounds), stop));
        return command;
    }

    private static async Task<int> RunAsync(int count, int connections, int rounds, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        var machines = Enumerable.Range(0, count).Select(number => new BenchMachine(number)).ToList();
        Say($"Entering {count} machines, chips and welders");
        string[] settings = [.. SeededCounty.Settings, "--Anlan:Demo=true", "--Anlan:Doors:AccountBurst=1000000"];
        var trusted = await SeededCounty.MakeAsync(data.Path, machines, stop, settings);
        Say("Starting the server");
        await using var server = HostProcess.Start(data.Path, settings);
        await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
        await SignIns.RunAsync(server.HttpPort, machines, stop);
        var bureau = await SignIns.CookieOfAsync(server.HttpPort, SeededCounty.Bureau, SeededCounty.Password, stop);

        using var loop = new EventLoop();
        var chips = InterlockBench.Connect(loop, server.MqttPort, machines, trusted);
        var revoking = new Revoking(machines, chips, bureau);
        var load = new StartOnly(machines);
        var asking = Enumerable.Range(0, connections).Select(_ => loop.Connect(server.HttpPort, new AskingConnection())).ToList();
        var latencies = new Latencies();
        for (var round = 1; round <= WarmUpRounds + rounds; round++)
        {
            if (round == WarmUpRounds + 1) latencies = new Latencies();
            Ask(load.Requests);
            loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsPowered), Longest, "power");
            revoking.Begin(latencies);
            Ask(revoking.Requests());
            loop.TurnUntil(() => chips.TrueForAll(chip => !chip.IsPowered), Longest, "the power to go off");
        }

        Say($"{count} machines revoked {rounds} times over {connections} connections");
        new BenchReport("revoke", "ms").With("value", latencies.Milliseconds(0.99)).With(latencies).With("machines", count).With("longest_ms", latencies.Milliseconds(1)).Print();
        return 0;

        // Each connection takes the next request once it has its answer.
        void Ask(IEnumerable<byte[]> requests)
        {
            using var next = requests.GetEnumerator();
            var all = next;
            asking.ForEach(connection => connection.Begin(() => all.MoveNext() ? all.Current : null));
            loop.TurnUntil(() => asking.TrueForAll(connection => !connection.IsBusy), Longest, "answers");
        }
    }

    private static void Say(string text) => Console.WriteLine(text);

    /// <summary>The requests that start every machine.</summary>
    private sealed class StartOnly(IReadOnlyList<BenchMachine> machines)
    {
        public IReadOnlyList<byte[]> Requests { get; } =
            [.. machines.Select(machine => HttpConnection.Post($"/api/v1/machines/{machine.Code}/start", machine.Cookie, $$"""{"proof":"{{machine.Proof}}","waitSeconds":10}"""))];
    }

    /// <summary>The requests that revoke, and when each was sent: the chip that loses its power asks.</summary>
    private sealed class Revoking
    {
        private readonly byte[][] _requests;
        private readonly long[] _sentAt;
        private Latencies? _latencies;

        public Revoking(IReadOnlyList<BenchMachine> machines, IReadOnlyList<BenchChip> chips, string cookie)
        {
            _requests = [.. machines.Select(machine => HttpConnection.Post($"/api/v1/machines/{machine.Code}/revoke", cookie, """{"reason":"bench"}"""))];
            _sentAt = new long[machines.Count];
            foreach (var (chip, number) in chips.Select((chip, number) => (chip, number))) chip.PowerCut = () => Cut(number);
        }

        public void Begin(Latencies latencies)
        {
            _latencies = latencies;
            Array.Clear(_sentAt);
        }

        public IEnumerable<byte[]> Requests()
        {
            for (var number = 0; number < _requests.Length; number++)
            {
                _sentAt[number] = Stopwatch.GetTimestamp();
                yield return _requests[number];
            }
        }

        private void Cut(int number)
        {
            if (_sentAt[number] == 0) throw new InvalidOperationException($"Machine {number} lost its power before anybody revoked.");
            _latencies!.AddSince(_sentAt[number]);
        }
    }

    /// <summary>A connection that asks one thing after the other.</summary>
    private sealed class AskingConnection : HttpConnection
    {
        private Func<byte[]?>? _next;

        public bool IsBusy { get; private set; }

        public void Begin(Func<byte[]?> next)
        {
            _next = next;
            Continue();
        }

        protected override void Answered(int status, ReadOnlySpan<byte> body)
        {
            if (status != 200) throw new InvalidOperationException($"{status}: {System.Text.Encoding.UTF8.GetString(body)}");
            Continue();
        }

        protected override void Closed() => throw new InvalidOperationException("The server closed a connection for requests.");

        private void Continue()
        {
            var request = _next!();
            IsBusy = request is not null;
            if (request is not null) Ask(request);
        }
    }
}
