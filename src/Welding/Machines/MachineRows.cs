using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Welding.Fitting;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Machines;

/// <summary>A machine as lists show it.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Code">Printed code.</param>
/// <param name="Kind">What it welds with.</param>
/// <param name="Model">Model.</param>
/// <param name="RatedCurrent">Amperes; 0 for gas.</param>
/// <param name="State">What it is right now.</param>
/// <param name="UserEnterprise">For whom it is used.</param>
/// <param name="UserEnterpriseName">Its name, or null when unknown.</param>
/// <param name="Division">Where it stands.</param>
/// <param name="DivisionName">Its name, or null when unknown.</param>
/// <param name="Site">Where it stands, in words.</param>
/// <param name="Latitude">WGS-84.</param>
/// <param name="Longitude">WGS-84.</param>
/// <param name="FenceMetres">How far from its place the chip may be.</param>
/// <param name="Chip">Serial of the fitted chip, or null.</param>
/// <param name="LastSeen">Last message of the chip, or null.</param>
/// <param name="LockReason">Why it is locked, or null.</param>
/// <param name="ScrapReason">Why it was scrapped, or null.</param>
/// <param name="Fitting">How far the fitting of its chip has come.</param>
/// <param name="PlannedOn">The agreed day of the fitting, or null.</param>
internal sealed record MachineRow(
    Guid Id, string Code, MachineKind Kind, string Model, int RatedCurrent, MachineState State, Guid UserEnterprise, string? UserEnterpriseName, string Division, string? DivisionName,
    string Site, double Latitude, double Longitude, int FenceMetres, string? Chip, DateTimeOffset? LastSeen, string? LockReason, string? ScrapReason, FittingState Fitting, DateOnly? PlannedOn);

/// <summary>Puts the live state beside the declared facts.</summary>
internal sealed class MachineRows(IDevices devices, OpenSessions sessions, IEnterprises enterprises, IDivisions divisions)
{
    public MachineState StateOf(MachineFacts machine) => MachineStates.Of(machine, ChipOf(machine), sessions.At(machine.Id));

    public string? EnterpriseNameOf(MachineFacts machine) => enterprises.Find(machine.UserEnterprise)?.Name;

    public MachineRow Of(MachineFacts machine) => new(
        machine.Id.Value, machine.Code, machine.Kind, machine.Model, machine.RatedCurrent, StateOf(machine), machine.UserEnterprise.Value, EnterpriseNameOf(machine),
        machine.Division.Value, divisions.Find(machine.Division)?.Name, machine.Site, machine.Place.Latitude, machine.Place.Longitude, machine.FenceMetres,
        machine.Chip, ChipOf(machine).LastSeen, machine.LockReason, machine.ScrapReason, machine.Fitting, machine.PlannedOn);

    private DeviceState ChipOf(MachineFacts machine) => machine.Chip is { } serial ? devices.StateOf(serial) : DeviceState.Unknown;
}
