namespace Anlan.Contracts.Devices;

/// <summary>The kinds of field devices.</summary>
public static class DeviceKinds
{
    /// <summary>The chip of a welding machine (docs/protocols/welding-chip.md).</summary>
    public const string WeldingChip = "welding-chip";
}
