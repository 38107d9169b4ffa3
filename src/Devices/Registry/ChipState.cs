using Anlan.Contracts.Devices;

namespace Anlan.Devices.Registry;

/// <summary>What a chip is right now, computed from its registration and its last word; stored nowhere.</summary>
internal enum ChipState
{
    /// <summary>Connected.</summary>
    Online,
    /// <summary>No connection.</summary>
    Offline,
    /// <summary>Never spoke.</summary>
    New,
    /// <summary>Opened or moved by force.</summary>
    Tampered,
    /// <summary>Its credential was withdrawn.</summary>
    Disabled,
}

/// <summary>Computes <see cref="ChipState"/>; the gravest truth wins.</summary>
internal static class ChipStates
{
    public static ChipState Of(DeviceFacts device, DeviceState state) => (device, state) switch
    {
        ({ IsEnabled: false }, _) => ChipState.Disabled,
        (_, { IsTampered: true }) => ChipState.Tampered,
        (_, { LastSeen: null }) => ChipState.New,
        (_, { IsOnline: false }) => ChipState.Offline,
        _ => ChipState.Online,
    };
}
