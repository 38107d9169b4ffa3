using System.Text.Json;
using Anlan.Simulator.Rosters;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Simulator.Chips;

/// <summary>A chip's flash as a small file: survives power cuts and the simulator's own end.</summary>
internal sealed class FileStore(string path, ChipMemory factory) : IChipStore
{
    /// <summary>The store of a chip in a folder; the factory burnt in these keys and perhaps a machine.</summary>
    public static FileStore Of(string folder, string serial, IReadOnlyList<byte[]> keys, Guid? machine = null)
    {
        Directory.CreateDirectory(folder);
        return new FileStore(Path.Combine(folder, serial + ".json"), new ChipMemory { Keys = keys, Machine = machine });
    }

    public ChipMemory Load() => File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), RosterJson.Default.ChipMemory) ?? factory : factory;

    public void Save(ChipMemory memory)
    {
        var draft = path + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(memory, RosterJson.Default.ChipMemory));
        File.Move(draft, path, overwrite: true);
    }
}
