using Anlan.Contracts.Devices;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Machines;

/// <summary>What a machine is right now, computed from the registry, the chip's last word and the open session; stored nowhere.</summary>
internal enum MachineState
{
    /// <summary>No chip is fitted: Anlan cannot switch it.</summary>
    Registered,
    /// <summary>A chip is fitted and has never spoken.</summary>
    Chipped,
    /// <summary>Ready, power off.</summary>
    Idle,
    /// <summary>A grant is on its way to the chip.</summary>
    Authorised,
    /// <summary>Powered.</summary>
    Running,
    /// <summary>Locked by a person.</summary>
    Locked,
    /// <summary>The chip has no connection.</summary>
    Offline,
    /// <summary>Opened or moved by force; a person must inspect it.</summary>
    Tampered,
    /// <summary>Taken out of use for good.</summary>
    Scrapped,
}

/// <summary>Computes <see cref="MachineState"/>; the gravest truth wins.</summary>
internal static class MachineStates
{
    public static MachineState Of(MachineFacts machine, DeviceState chip, OpenSession? session) => (machine, chip, session) switch
    {
        ({ ScrapReason: not null }, _, _) => MachineState.Scrapped,
        ({ Chip: null }, _, _) => MachineState.Registered,
        (_, { IsTampered: true }, _) => MachineState.Tampered,
        ({ LockReason: not null }, _, _) => MachineState.Locked,
        (_, { LastSeen: null }, _) => MachineState.Chipped,
        (_, { IsOnline: false }, _) => MachineState.Offline,
        (_, { RelayClosed: true }, _) => MachineState.Running,
        (_, _, { State: SessionState.Authorised }) => MachineState.Authorised,
        _ => MachineState.Idle,
    };
}
