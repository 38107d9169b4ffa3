namespace Anlan.Welding.Chip.Logic;

/// <summary>What the chip measures at one moment.</summary>
/// <param name="Amperes">Welding current.</param>
/// <param name="Volts">Voltage at the output.</param>
/// <param name="Arc">True while the arc burns.</param>
/// <param name="Temperature">°C at the power stage.</param>
/// <param name="Gas">True while the gas alarm is on.</param>
/// <param name="IsOpened">True while the tamper contact is open.</param>
/// <param name="IsContactClosed">The relay's feedback contact, or null when the model has none.</param>
public readonly record struct Senses(double Amperes, double Volts, bool Arc, double Temperature, bool Gas = false, bool IsOpened = false, bool? IsContactClosed = null);
