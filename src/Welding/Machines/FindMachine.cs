using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Machines;

/// <summary>Finds a machine to change it. One out of scope is unknown: its code tells nothing to others.</summary>
internal sealed class FindMachine(WeldingDb db, MachineIndex index, CurrentScope scope)
{
    public static Refusal Unknown(string code) => new("MachineUnknown") { Measured = FactValue.Text(code) };

    /// <summary>The facts of a machine within scope, or null.</summary>
    public MachineFacts? Facts(string code) => index.FindByCode(code.Trim()) is { } machine && machine.Anchor.IsWithin(scope.Now) ? machine : null;

    /// <summary>The row of a machine within scope, or null.</summary>
    public async Task<WeldingMachine?> RowAsync(string code, CancellationToken stop) =>
        Facts(code) is { } machine ? await db.Machines.SingleOrDefaultAsync(m => m.Id == machine.Id, stop) : null;

    /// <summary>The row of a machine within scope by its id, or null.</summary>
    public async Task<WeldingMachine?> RowAsync(Guid id, CancellationToken stop) =>
        index.Find(new MachineId(id)) is { } machine && machine.Anchor.IsWithin(scope.Now) ? await db.Machines.SingleOrDefaultAsync(m => m.Id == machine.Id, stop) : null;
}
