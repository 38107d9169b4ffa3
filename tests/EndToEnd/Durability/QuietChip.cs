using Anlan.Benchmarks.Interlock;
using Anlan.Simulator.Chips;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.EndToEnd.Durability;

/// <summary>A chip where nothing happens but what server and welder do; it writes into the ledger what the server acknowledged.</summary>
internal static class QuietChip
{
    /// <summary>The chip of a machine, with an empty memory.</summary>
    public static SimulatedChip Of(BenchMachine machine, IReadOnlyList<byte[]> trusted, int port, Ledger ledger)
    {
        var (scene, flash) = (new QuietScene(new ChipPosition(machine.Latitude, machine.Longitude)), new Flash(new ChipMemory { Keys = trusted }));
        var chip = new SimulatedChip(new ChipIdentity(machine.Serial, "1.0"), machine.Secret, flash, scene, new MqttAddress("127.0.0.1", port), new Random(machine.Number), TimeProvider.System);
        chip.Acknowledged += uplink => ledger.Acknowledged(machine.Serial, flash.Load().Boot, uplink.Seq);
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
