using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Telemetry;

/// <summary>Measurements. They change no decision, so they pass neither the machine's turns nor the log; an arc without a grant is something that happened, and is told there.</summary>
internal sealed class OnTelemetry(MachineIndex machines, KnownSessions known, HotLog log, TelemetryLog telemetry) : UplinkHandler<TelemetryBatch>("telemetry")
{
    protected override async ValueTask HandleAsync(string serial, TelemetryBatch message, DateTimeOffset at, CancellationToken stop)
    {
        var machine = machines.FindByChip(serial)?.Id;
        var strays = message.Points.Any(point => point.Arc) && !(message.Session is { } session && machine is { } id && await known.IsOfAsync(new SessionId(session), id, stop));
        if (strays) await log.AppendAsync(ChipLog.Stray.Once(new StrayBody(serial, machine?.Value, message.Boot, message.Seq, message.Up, message.At, message.Session, ArcSum.Of(message.Points).PeakAmperes), at), stop);
        var body = new TelemetryBody(serial, machine?.Value, message.Boot, message.Seq, message.Up, message.At, message.Session, message.Points);
        await telemetry.AppendAsync(ChipLog.Telemetry.Once(body, at), stop);
    }
}
