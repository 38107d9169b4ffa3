using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Welding.Machines;

namespace Anlan.Tests.Welding.Machines;

public sealed class MachineIndexTests
{
    private readonly MachineIndex _index = new();

    [Fact]
    public void A_machine_is_found_by_code_in_any_case_and_by_its_chip()
    {
        var machine = Put(AMachine("WJ-0001", "CHIP-1"));

        Assert.Equal(machine.Id, _index.FindByCode("wj-0001")?.Id);
        Assert.Equal(machine.Id, _index.FindByChip("CHIP-1")?.Id);
        Assert.Null(_index.FindByChip("chip-1"));
    }

    [Fact]
    public void A_chip_that_was_taken_off_leads_nowhere()
    {
        var machine = Put(AMachine("WJ-0001", "CHIP-1"));

        machine.ChipSerial = null;
        Put(machine);

        Assert.Null(_index.FindByChip("CHIP-1"));
        Assert.Null(_index.FindByCode("WJ-0001")?.Chip);
    }

    [Fact]
    public void A_chip_that_moved_stays_with_its_new_machine_when_the_old_one_changes_again()
    {
        var (old, latest) = (Put(AMachine("WJ-0001", "CHIP-1")), AMachine("WJ-0002", null));
        old.ChipSerial = null;
        Put(old);
        latest.ChipSerial = "CHIP-1";
        Put(latest);

        old.Site = "Hall 2";
        Put(old);

        Assert.Equal(latest.Id, _index.FindByChip("CHIP-1")?.Id);
    }

    [Fact]
    public void What_was_read_does_not_change_behind_the_readers_back()
    {
        var machine = Put(AMachine("WJ-0001", null));
        var facts = _index.Find(machine.Id)!;

        machine.LockReason = "because";
        Put(machine);

        Assert.Null(facts.LockReason);
        Assert.Equal("because", _index.Find(machine.Id)?.LockReason);
    }

    [Fact]
    public void A_removed_machine_is_gone_everywhere()
    {
        var machine = Put(AMachine("WJ-0001", "CHIP-1"));

        _index.Apply(machine, isDeleted: true);

        Assert.Null(_index.Find(machine.Id));
        Assert.Null(_index.FindByCode("WJ-0001"));
        Assert.Null(_index.FindByChip("CHIP-1"));
        Assert.Empty(_index.All);
    }

    private WeldingMachine Put(WeldingMachine machine)
    {
        _index.Apply(machine, isDeleted: false);
        return machine;
    }

    private static WeldingMachine AMachine(string code, string? chip) => new()
    {
        Id = new MachineId(Guid.CreateVersion7()),
        Code = code,
        Model = "ZX7-400",
        Site = "Hall 1",
        UserEnterprise = new EnterpriseId(Guid.CreateVersion7()),
        Division = new DivisionCode("990521001"),
        ChipSerial = chip,
    };
}
