using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>Tampering, heat, gas, a relay that sticks, an arc without a grant. The chip cut the power before it said so.</summary>
internal sealed class OnEvent(MachineIndex machines, HotLog log) : UplinkHandler<EventReport>("event")
{
    protected override async ValueTask HandleAsync(string serial, EventReport message, DateTimeOffset at, CancellationToken stop)
    {
        var body = new EventBody(serial, machines.FindByChip(serial)?.Id.Value, message.Boot, message.Seq, message.Up, message.At, message.Kind, message.Value);
        await log.AppendAsync(ChipLog.Event.Once(body, at), stop);
    }
}
