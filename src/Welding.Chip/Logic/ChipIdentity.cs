namespace Anlan.Welding.Chip.Logic;

/// <summary>What is burnt into a chip.</summary>
/// <param name="Serial">Serial number: client id, user name, part of each topic, audience of each token.</param>
/// <param name="Firmware">Firmware version.</param>
/// <param name="Model">Hardware model, or null.</param>
public sealed record ChipIdentity(string Serial, string Firmware, string? Model = null);
