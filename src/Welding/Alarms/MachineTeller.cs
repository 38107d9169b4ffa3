using System.Globalization;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Alarms;

/// <summary>What chips say that must not be: of gas, heat and force they have cut the power before they say it. A chip without a machine raises none, because nobody would know where to go.</summary>
internal sealed class MachineTeller(MachineIndex machines, AlarmLimits limits) : IAlarmTeller
{
    public IReadOnlyList<AlarmKind> Kinds { get; } = [WeldingAlarms.Ungranted, WeldingAlarms.Tampered, WeldingAlarms.Gas, WeldingAlarms.Hot, WeldingAlarms.Stuck, WeldingAlarms.Moved];

    public IReadOnlyList<AlarmSignal> Tell(LogRecord record) => Hear(record) is { } signal ? [signal] : [];

    private AlarmSignal? Hear(LogRecord record)
    {
        if (record.Body is not IChipBody { Machine: { } id } body) return null;
        if (Of(body) is not { } told) return body.Position is { } position && machines.Find(new MachineId(id)) is { ScrapReason: null } placed ? Moved(placed, position, record.At) : null;
        if (machines.Find(new MachineId(id)) is not { } machine) return null;
        return machine.Signal(told.Kind, record.At) with { IsOver = told.IsOver, Lasts = told.Kind == WeldingAlarms.Tampered, Measured = told.Measured };
    }

    private AlarmSignal Moved(MachineFacts machine, GeoPoint position, DateTimeOffset at)
    {
        var (metres, signal) = (position.MetresTo(machine.Place), machine.Signal(WeldingAlarms.Moved, at));
        return metres <= machine.FenceMetres ? signal with { IsOver = true } : signal.By(limits.Of(WeldingQuestions.Fence, machine), FactValue.Metres(metres), FactValue.Metres(machine.FenceMetres)) with { Place = position };
    }

    private static (AlarmKind Kind, bool IsOver, FactValue? Measured)? Of(IChipBody body) => body switch
    {
        StrayBody stray => (WeldingAlarms.Ungranted, false, In(stray.PeakAmperes, "A")),
        EventBody { Kind: ChipEventKind.ArcWithoutGrant } arc => (WeldingAlarms.Ungranted, false, In(arc.Value, "A")),
        EventBody { Kind: ChipEventKind.Tamper } or HelloBody { Tamper: true } => (WeldingAlarms.Tampered, false, null),
        AckBody { ClearsTamper: true } => (WeldingAlarms.Tampered, true, null),
        EventBody { Kind: ChipEventKind.Gas } => (WeldingAlarms.Gas, false, null),
        EventBody { Kind: ChipEventKind.OverTemperature } hot => (WeldingAlarms.Hot, false, In(hot.Value, "°C")),
        EventBody { Kind: ChipEventKind.RelayFault } => (WeldingAlarms.Stuck, false, null),
        _ => null,
    };

    private static FactValue? In(double? value, string unit) => value is { } measured ? FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{measured:0.#} {unit}")) : null;
}

/// <summary>Speaks of machines as alarms name them.</summary>
internal static class MachineSignals
{
    /// <summary>A condition at a machine.</summary>
    public static AlarmSignal Signal(this MachineFacts machine, AlarmKind kind, DateTimeOffset at) =>
        new(kind, $"machine/{machine.Id.Value}", machine.Code, at) { Enterprise = machine.UserEnterprise.Value, Division = machine.Division, Place = machine.Place };
}
