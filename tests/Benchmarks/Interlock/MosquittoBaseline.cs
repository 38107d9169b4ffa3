using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Interlock;

/// <summary>
/// Bare request and response with QoS 1 through mosquitto: each client asks on <c>req/…</c> and asks again when the one responder has answered
/// on <c>res/…</c>. No decision, no disk, no signature: what a message alone costs on this machine.
/// </summary>
internal static class MosquittoBaseline
{
    public static Command Command()
    {
        var machines = new Option<int>("--machines") { Description = "Number of clients.", DefaultValueFactory = _ => 3000 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var command = new Command("baseline", "Bare request and response through mosquitto.") { machines, seconds };
        command.SetAction((parsed, stop) =>
        {
            var measured = Measure(parsed.GetValue(machines), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            new BenchReport("baseline", "requests/s").With("value", measured.PerSecond).With(measured.Latencies).Print();
            return Task.FromResult(0);
        });
        return command;
    }

    /// <param name="PerSecond">Answered requests a second.</param>
    /// <param name="Latencies">How long each took.</param>
    /// <param name="Processor">Processor time of a request, in the broker and here.</param>
    public sealed record Measured(double PerSecond, Latencies Latencies, TimeSpan Processor);

    /// <summary>Requests per second with this many clients, each with one request under way.</summary>
    public static Measured Measure(int clients, TimeSpan time)
    {
        using var folder = new TemporaryFolder();
        using var broker = MosquittoProcess.Start(folder.Path);
        UntilListening(broker.Port);
        var isOver = new StrongBox();
        var responderIsUp = new ManualResetEventSlim();
        var responder = new Thread(() => Respond(broker.Port, responderIsUp, isOver)) { IsBackground = true, Name = "responder" };
        responder.Start();
        responderIsUp.Wait();

        using var loop = new EventLoop();
        var state = new Asking();
        var all = new List<Asker>(clients);
        for (var i = 0; i < clients; i++)
        {
            all.Add(loop.Connect(broker.Port, new Asker(i, state)));
            if (i % 100 == 99) loop.Turn(0);
        }

        loop.TurnUntil(() => all.TrueForAll(client => client.IsAccepted), TimeSpan.FromSeconds(30), "connections");
        foreach (var client in all) client.Subscribe($"res/{client.Number}");
        loop.TurnUntil(() => all.TrueForAll(client => client.IsSubscribed), TimeSpan.FromSeconds(30), "subscriptions");
        foreach (var client in all) client.Ask();
        loop.TurnFor(TimeSpan.FromSeconds(2));
        state.Latencies = new Latencies();
        var (used, from) = (broker.ProcessorTime + Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        loop.TurnFor(time);
        var elapsed = Stopwatch.GetElapsedTime(from).TotalSeconds;
        used = broker.ProcessorTime + Environment.CpuUsage.TotalTime - used;
        isOver.Value = true;
        responder.Join();
        return new Measured(state.Latencies.Count / elapsed, state.Latencies, used / state.Latencies.Count);
    }

    private static void Respond(int port, ManualResetEventSlim isUp, StrongBox isOver)
    {
        using var loop = new EventLoop();
        var responder = loop.Connect(port, new Responder());
        loop.TurnUntil(() => responder.IsAccepted, TimeSpan.FromSeconds(10), "the responder's connection");
        responder.Subscribe("req/#");
        loop.TurnUntil(() => responder.IsSubscribed, TimeSpan.FromSeconds(10), "the responder's subscription");
        isUp.Set();
        while (!isOver.Value) loop.Turn(50);
    }

    private static void UntilListening(int port)
    {
        for (var from = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(10))
            {
                Thread.Yield();
            }
        }
    }

    private sealed class StrongBox
    {
        private volatile bool _value;

        public bool Value
        {
            get => _value;
            set => _value = value;
        }
    }

    private sealed class Asking
    {
        public Latencies Latencies { get; set; } = new();
    }

    private sealed class Asker(int number, Asking state) : MqttConnection($"c{number}", password: null)
    {
        private static readonly byte[] Payload = new byte[64];
        private readonly byte[] _topic = Encoding.ASCII.GetBytes($"req/{number}");
        private long _asked;

        public void Ask()
        {
            _asked = Stopwatch.GetTimestamp();
            Publish(_topic, Payload);
        }

        protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
        {
            state.Latencies.AddSince(_asked);
            Ask();
        }
    }

    private sealed class Responder() : MqttConnection("responder", password: null)
    {
        protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
        {
            Span<byte> answer = stackalloc byte[topic.Length];
            topic.CopyTo(answer);
            "res"u8.CopyTo(answer);
            Publish(answer, payload);
        }
    }
}
