using Anlan.Simulator.Chips;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Tests.Platform.Simulator.Chips;

public sealed class FileStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact, Trait("Requirement", "CHIP-MEM-01")]
    public void A_new_chip_has_its_keys_and_nothing_else_and_remembers_what_is_saved()
    {
        byte[] key = [1, 2, 3];
        var memory = FileStore.Of(_folder.FullName, "SIM-0001", [key]).Load();
        Assert.Equal((0, 0, null), (memory.Boot, memory.Counter, memory.Machine));
        Assert.Equal([key], memory.Keys);

        var machine = Guid.CreateVersion7();
        FileStore.Of(_folder.FullName, "SIM-0001", [key]).Save(memory with { Boot = 3, Counter = 17, Machine = machine, IsTampered = true, ConfigVersion = 2, Session = machine });

        var again = FileStore.Of(_folder.FullName, "SIM-0001", [[9]]).Load();
        Assert.Equal((3, 17, machine, true, 2, machine), (again.Boot, again.Counter, again.Machine, again.IsTampered, again.ConfigVersion, again.Session));
        Assert.Equal([key], again.Keys);
        Assert.Equal(0, FileStore.Of(_folder.FullName, "SIM-0002", [key]).Load().Boot);
    }
}
