using System.Diagnostics;
using System.Globalization;
using System.Text;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;
using Anlan.Welding.Chip;

namespace Anlan.Benchmarks.Alarms;

/// <summary>A chip that tells of conditions and nothing else.</summary>
/// <param name="machine">The machine.</param>
/// <param name="durable">Gets how long each one took until it was durable.</param>
internal sealed class TellingChip(BenchMachine machine, Latencies durable) : MqttConnection(machine.Serial, machine.Secret)
{
    private static readonly string[] Words = ["gas", "overTemperature", "tamper", "relayFault", "arcWithoutGrant"];
    private readonly byte[] _topic = Encoding.ASCII.GetBytes(ChipTopics.Up(machine.Serial, ChipTopics.Event));
    private readonly Queue<long> _waiting = new();
    private int _seq;
    private int _acknowledged;

    /// <summary>How many conditions a chip can tell of.</summary>
    public static int Kinds => Words.Length;

    /// <summary>True when all that it told is durable.</summary>
    public bool IsAcknowledged => _acknowledged == _seq;

    /// <summary>Tells of a condition.</summary>
    public void Tell(int kind)
    {
        _seq++;
        _waiting.Enqueue(Stopwatch.GetTimestamp());
        Publish(_topic, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"boot":1,"seq":{{_seq}},"up":{{_seq * 10}},"at":null,"kind":"{{Words[kind]}}","value":{{(kind is 1 or 4 ? "93" : "null")}}}""")));
    }

    // A broker acknowledges one connection's messages in their order.
    protected override void Acknowledged(ushort packet)
    {
        _acknowledged++;
        durable.AddSince(_waiting.Dequeue());
    }

    protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection.");
}
