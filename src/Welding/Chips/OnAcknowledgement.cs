using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>The chip's own answer to a downlink: the only thing that counts as delivery (CHIP-ACK-04).</summary>
internal sealed class OnAcknowledgement(MachineIndex machines, MachineTwins twins, HotLog log) : UplinkHandler<Acknowledgement>("ack")
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

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
        // Asked before the answer settles the grant, so that the same answer sent again hangs up on nobody.
        var disputesTime = IsOfAnotherTime(message, at) && log.FindDownlink(serial, message.Id) is { Channel: "grant" };
        if (machine is { } id) await twins.Of(id).OnAckAsync(body, at);
        else await log.AppendAsync(ChipLog.Ack.Once(body, at) with { Settle = message.Ok || message.Why == ChipRefusal.Counter ? message.Id : null }, stop);
        // One of the two clocks was set. The chip would ask for the time within twelve hours (CHIP-TIME-06) and refuse every start until then.
        if (disputesTime) throw new HangUpException($"its clock and the server's are {(at - DateTimeOffset.FromUnixTimeMilliseconds(message.At!.Value)).TotalSeconds:0} s apart; a hello sets it.");
    }

    private static bool IsOfAnotherTime(Acknowledgement message, DateTimeOffset at) =>
        message is { Ok: false, Why: ChipRefusal.Expired or ChipRefusal.NotYet, At: { } own } && Math.Abs(at.ToUnixTimeMilliseconds() - own) > Tolerance.TotalMilliseconds;
}
