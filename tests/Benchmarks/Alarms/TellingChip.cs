using System.Globalization;
using System.Text;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;
using Anlan.Welding.Chip;

namespace Anlan.Benchmarks.Alarms;

/// <summary>A chip that tells of conditions and nothing else.</summary>
internal sealed class TellingChip(BenchMachine machine) : MqttConnection(machine.Serial, machine.Secret)
{
    private static readonly string[] Words = ["gas", "overTemperature", "tamper", "relayFault", "arcWithoutGrant"];
    private readonly byte[] _topic = Encoding.ASCII.GetBytes(ChipTopics.Up(machine.Serial, ChipTopics.Event));
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
        Publish(_topic, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"boot":1,"seq":{{_seq}},"up":{{_seq * 10}},"at":null,"kind":"{{Words[kind]}}","value":{{(kind is 1 or 4 ? "93" : "null")}}}""")));
    }

    protected override void Acknowledged(ushort packet) => _acknowledged++;

    protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection.");
}
