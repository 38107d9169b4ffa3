using Anlan.Kernel.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Machines;

/// <summary>Finds a machine to change it. One out of reach is unknown: its code tells nothing to other enterprises.</summary>
internal sealed class FindMachine(WeldingDb db, MachineIndex index, MachineReach reach)
{
    public static Refusal Unknown(string code) => new("MachineUnknown") { Measured = FactValue.Text(code) };

    /// <summary>The facts of a machine within reach, or null.</summary>
    public MachineFacts? Facts(string code) => index.FindByCode(code.Trim()) is { } machine && reach.Covers(machine) ? machine : null;

    /// <summary>The row of a machine within reach, or null.</summary>
    public async Task<WeldingMachine?> RowAsync(string code, CancellationToken stop) =>
        Facts(code) is { } machine ? await db.Machines.SingleOrDefaultAsync(m => m.Id == machine.Id, stop) : null;
}
