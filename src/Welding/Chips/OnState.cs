using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>The relay moved.</summary>
internal sealed class OnState(MachineIndex machines, MachineTwins twins, HotLog log) : UplinkHandler<StateReport>("state")
{
    protected override async ValueTask HandleAsync(string serial, StateReport message, DateTimeOffset at, CancellationToken stop)
    {
        var machine = machines.FindByChip(serial)?.Id.Value;
        var body = new StateBody(serial, machine, message.Boot, message.Seq, message.Up, message.At, message.Relay, message.Reason, message.Session, message.Pos?.Lat, message.Pos?.Lon, message.Rssi);
        if (machine is { } id) await twins.Of(id).OnStateAsync(body, at);
        else await log.AppendAsync(ChipLog.State.Once(body, at), stop);
    }
}
