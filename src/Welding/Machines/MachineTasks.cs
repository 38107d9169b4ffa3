using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Machines;

/// <summary>Machines that stand still until somebody acts: opened chips, locks, and machines that wait for their chip.</summary>
internal sealed class MachineTasks(MachineIndex index, MachineRows rows, CurrentScope scope, CurrentActor current, IPermissions permissions, IStringLocalizer<Words> words) : IDeskTasks
{
    private static readonly (MachineState State, string Permission, string Icon)[] Waiting =
        [(MachineState.Tampered, WeldingPermissions.Control, "shield"), (MachineState.Locked, WeldingPermissions.Control, "lock"), (MachineState.Registered, WeldingPermissions.Fit, "plug")];

    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var machines = index.Within(scope.Now).ToLookup(rows.StateOf);
        return Task.FromResult<IReadOnlyList<DeskTask>>(
            [.. Waiting.Where(kind => permissions.IsHeld(kind.Permission, current.Actor)).SelectMany(kind => TasksOf(kind.State, kind.Icon, [.. machines[kind.State].OrderBy(m => m.Code, StringComparer.Ordinal)]))]);
    }

    private IEnumerable<DeskTask> TasksOf(MachineState state, string icon, List<MachineFacts> machines) => machines.Count > DeskTask.MostOfAKind
        ? [new DeskTask(icon, words[$"Desk.Machines.{state}", machines.Count], words[$"Desk.Why.{state}"], null, words["Desk.See"], $"/welding/machines?state={state}")]
        : machines.Select(machine => new DeskTask(icon, words[$"Desk.Machine.{state}", machine.Code, rows.EnterpriseNameOf(machine) ?? machine.Site], words[$"Desk.Why.{state}"], null, words[$"Desk.Do.{state}"], $"/welding/machines/{machine.Code}"));
}
