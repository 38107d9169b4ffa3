using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Fitting;

/// <summary>One thing that a self-test looked at.</summary>
/// <param name="What"><c>relay</c>, <c>current</c>, <c>position</c> or <c>signal</c>.</param>
/// <param name="Measured">What was found; null when nothing was told.</param>
/// <param name="Refusal">Why it is not good, or null.</param>
public sealed record SelfTestReading(string What, FactValue? Measured, Refusal? Refusal);

/// <summary>What a self-test found.</summary>
/// <param name="Readings">Relay, current, position and signal.</param>
internal sealed record SelfTestResult(IReadOnlyList<SelfTestReading> Readings)
{
    /// <summary>True when nothing is missing and everything is good.</summary>
    public bool IsPassed => Readings.Count > 0 && Readings.All(reading => reading.Refusal is null);

    /// <summary>Everything that is not good.</summary>
    public IReadOnlyList<Refusal> Refusals => [.. Readings.Select(reading => reading.Refusal).OfType<Refusal>()];
}

/// <summary>Judges what a chip measured: report, machine and limits in, verdict out. A reading that is missing is not good (CHIP-TEST-08).</summary>
internal static class SelfTestRule
{
    public static SelfTestResult Judge(TestedBody report, MachineFacts machine, FittingLimits limits) =>
        new([Relay(report, machine, limits), Current(report, limits), Position(report, machine, limits), Signal(report, limits)]);

    private static SelfTestReading Relay(TestedBody report, MachineFacts machine, FittingLimits limits)
    {
        var measured = FactValue.Word(report.Contact switch { true => "SelfTest.Closed", false => "SelfTest.Open", null => "SelfTest.Untold" });
        var open = FactValue.Word("SelfTest.Open");
        Refusal? refusal = report switch
        {
            { Tamper: true } => limits.Tamper.Refuse("ChipTampered"),
            _ when report.Believed != machine.Id.Value => limits.Machine.Refuse("SelfTestOtherMachine"),
            { Contact: not false } => limits.Relay.Refuse("SelfTestRelay", measured, open),
            // Voltage behind an open contact: somebody bridged it, or it is another contact that was read.
            { V: null } => limits.Voltage.Refuse("SelfTestVoltage", FactValue.Word("SelfTest.Untold"), Unit(limits.Voltage.Limit, "V")),
            { V: { } volts } when !limits.Voltage.IsKeptBy(volts) => limits.Voltage.Refuse("SelfTestVoltage", Unit(volts, "V"), Unit(limits.Voltage.Limit, "V")),
            _ => null,
        };
        return new SelfTestReading("relay", measured, refusal);
    }

    private static SelfTestReading Current(TestedBody report, FittingLimits limits)
    {
        var measured = report.A is { } amperes ? Unit(amperes, "A") : FactValue.Word("SelfTest.Untold");
        var isGood = report.A is { } read && limits.Current.IsKeptBy(read);
        return new SelfTestReading("current", measured, isGood ? null : limits.Current.Refuse("SelfTestCurrent", measured, Unit(limits.Current.Limit, "A")));
    }

    private static SelfTestReading Position(TestedBody report, MachineFacts machine, FittingLimits limits)
    {
        var fence = FactValue.Metres(machine.FenceMetres);
        if (report is not { Lat: { } latitude, Lon: { } longitude }) return new SelfTestReading("position", FactValue.Word("SelfTest.Untold"), limits.Fence.Refuse("PlaceUnknown", limit: fence));
        var metres = new GeoPoint(latitude, longitude).MetresTo(machine.Place);
        return new SelfTestReading("position", FactValue.Metres(metres), metres <= machine.FenceMetres ? null : limits.Fence.Refuse("OutsideFence", FactValue.Metres(metres), fence));
    }

    private static SelfTestReading Signal(TestedBody report, FittingLimits limits)
    {
        var measured = report.Rssi is { } dbm ? Unit(dbm, "dBm") : FactValue.Word("SelfTest.Untold");
        var isGood = report.Rssi is { } read && limits.Signal.IsKeptBy(-read);
        return new SelfTestReading("signal", measured, isGood ? null : limits.Signal.Refuse("SelfTestSignal", measured, Unit(-limits.Signal.Limit, "dBm")));
    }

    private static FactValue Unit(double value, string unit) => FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}"));
}
