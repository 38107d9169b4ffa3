using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.City;
using Anlan.Welding.Machines;
using Anlan.Welding.Profiles;

namespace Anlan.Welding.Problems;

/// <summary>A machine, or a chip without one, that is out of hand at this moment.</summary>
/// <param name="Kind">How.</param>
/// <param name="Machine">The machine, or null.</param>
/// <param name="Chip">The chip, or null.</param>
/// <param name="Enterprise">Who uses it, or null.</param>
/// <param name="Division">Where it stands, or null.</param>
/// <param name="LastHeard">Last word of the chip, or null.</param>
internal sealed record StandingProblem(ProblemKind Kind, MachineId? Machine, string? Chip, EnterpriseId? Enterprise, DivisionCode? Division, DateTimeOffset? LastHeard);

/// <summary>人机失管 at this moment, from the records themselves: nothing of it is kept.</summary>
internal sealed class StandingProblems(MachineIndex machines, IDevices devices, IEnterprises enterprises, StandingRecords standing, CityPack city)
{
    /// <summary>The kinds that stand, as against those that happen.</summary>
    public static IReadOnlyList<ProblemKind> Kinds { get; } = [ProblemKind.Unregistered, ProblemKind.Unchipped, ProblemKind.Unbound, ProblemKind.OfflineLong];

    /// <summary>All within a scope, by machine code. Scrapped machines are nobody's concern any more.</summary>
    public IEnumerable<StandingProblem> Within(Scope scope)
    {
        var hasWelder = new Dictionary<EnterpriseId, bool>();
        foreach (var machine in machines.Within(scope).Where(machine => machine.ScrapReason is null).OrderBy(machine => machine.Code, StringComparer.Ordinal))
        {
            if (!hasWelder.TryGetValue(machine.UserEnterprise, out var isBound)) hasWelder[machine.UserEnterprise] = isBound = standing.HasWelder(machine.UserEnterprise);
            foreach (var kind in KindsOf(machine, isBound)) yield return new StandingProblem(kind, machine.Id, machine.Chip, machine.UserEnterprise, machine.Division, standing.LastHeard(machine));
        }

        // Where such a chip is, nobody knows: it concerns whoever supervises the whole city.
        if (!scope.Covers(new DivisionCode(city.Division))) yield break;
        foreach (var chip in devices.All.Where(device => device is { IsEnabled: true, Kind: DeviceKinds.WeldingChip } && machines.FindByChip(device.Serial) is null).OrderBy(device => device.Serial, StringComparer.Ordinal))
        {
            if (devices.StateOf(chip.Serial).LastSeen is { } heard) yield return new StandingProblem(ProblemKind.Unregistered, null, chip.Serial, null, null, heard);
        }
    }

    private IEnumerable<ProblemKind> KindsOf(MachineFacts machine, bool isBound)
    {
        if (enterprises.Find(machine.UserEnterprise) is not { IsActive: true }) yield return ProblemKind.Unregistered;
        if (machine.Chip is null || standing.IsNeverHeard(machine)) yield return ProblemKind.Unchipped;
        if (!isBound) yield return ProblemKind.Unbound;
        if (standing.IsOfflineLong(machine)) yield return ProblemKind.OfflineLong;
    }
}
