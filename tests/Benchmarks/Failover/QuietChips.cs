using Anlan.Benchmarks.Interlock;
using Anlan.Simulator.Chips;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Benchmarks.Failover;

/// <summary>Simulated chips at which nobody welds: relay, counters and radio, no arc.</summary>
internal static class QuietChips
{
    /// <summary>The chip of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="trusted">Keys that it trusts.</param>
    /// <param name="port">Port of the broker.</param>
    /// <param name="told">Told of every acknowledged message: serial, boot, number; or null.</param>
    public static SimulatedChip Of(BenchMachine machine, IReadOnlyList<byte[]> trusted, int port, Action<string, long, long>? told = null)
    {
        var (scene, flash) = (new QuietScene(new ChipPosition(machine.Latitude, machine.Longitude)), new Flash(new ChipMemory { Keys = trusted }));
        var chip = new SimulatedChip(new ChipIdentity(machine.Serial, "1.0"), machine.Secret, flash, scene, new MqttAddress("127.0.0.1", port), new Random(machine.Number), TimeProvider.System);
        chip.Acknowledged += uplink => told?.Invoke(machine.Serial, flash.Load().Boot, uplink.Seq);
        return chip;
    }

    private sealed class QuietScene(ChipPosition position) : IScene
    {
        public ChipPosition Position => position;

        public Senses Read(long up, bool isPowered) => new(0, 0, false, 25);

        public void PowerFailed()
        {
        }
    }

    private sealed class Flash(ChipMemory factory) : IChipStore
    {
        private ChipMemory _memory = factory;

        public ChipMemory Load() => _memory;

        public void Save(ChipMemory memory) => _memory = memory;
    }
}
