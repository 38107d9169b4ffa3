using System.Text;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;
using Anlan.Welding.Chip;

namespace Anlan.Benchmarks.Soak;

/// <summary>A genuine chip whose words nobody can read: each is acknowledged, counted and kept for inspection.</summary>
internal sealed class BabblingChip(BenchMachine machine) : MqttConnection(machine.Serial, machine.Secret)
{
    private readonly byte[] _topic = Encoding.ASCII.GetBytes(ChipTopics.Up(machine.Serial, ChipTopics.State));
    private int _number;

    /// <summary>Says something else each time.</summary>
    public void Babble() => Publish(_topic, Encoding.ASCII.GetBytes($"{{\"babble\":{++_number}}}"));

    protected override void Arrived(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
    }

    protected override void Closed() => throw new InvalidOperationException($"{machine.Serial}: the server closed the connection.");
}
