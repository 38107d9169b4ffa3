using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Chips;

/// <summary>Measurements. They change no decision, so they do not pass the machine's turns; an arc without a grant is marked in the entry itself.</summary>
internal sealed class OnTelemetry(MachineIndex machines, KnownSessions known, HotLog log) : UplinkHandler<TelemetryBatch>("telemetry")
{
    protected override async ValueTask HandleAsync(string serial, TelemetryBatch message, DateTimeOffset at, CancellationToken stop)
    {
        var machine = machines.FindByChip(serial)?.Id;
        var strays = message.Points.Any(point => point.Arc) && !(message.Session is { } session && machine is { } id && await known.IsOfAsync(new SessionId(session), id, stop));
        var body = new TelemetryBody(serial, machine?.Value, message.Boot, message.Seq, message.Up, message.At, message.Session, message.Points) { IsArcWithoutGrant = strays };
        await log.AppendAsync(ChipLog.Telemetry.Once(body, at), stop);
    }
}
