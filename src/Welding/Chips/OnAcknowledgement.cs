using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>The chip's own answer to a downlink: the only thing that counts as delivery (CHIP-ACK-04).</summary>
internal sealed class OnAcknowledgement(MachineIndex machines, MachineTwins twins, HotLog log) : UplinkHandler<Acknowledgement>("ack")
{
    protected override async ValueTask HandleAsync(string serial, Acknowledgement message, DateTimeOffset at, CancellationToken stop)
    {
        var machine = machines.FindByChip(serial)?.Id.Value;
        var body = new AckBody(serial, machine, message.Boot, message.Seq, message.Up, message.At, message.Id, message.Ok, message.Why, message.Relay, message.Session, message.Counter)
        {
            Reason = message.Reason,
            Ended = message.Ended,
            Lat = message.Pos?.Lat,
            Lon = message.Pos?.Lon,
        };
        if (machine is { } id) await twins.Of(id).OnAckAsync(body, at);
        else await log.AppendAsync(ChipLog.Ack.Once(body, at) with { Settle = message.Ok || message.Why == ChipRefusal.Counter ? message.Id : null }, stop);
    }
}
