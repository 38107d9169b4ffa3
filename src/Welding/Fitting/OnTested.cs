using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Fitting;

/// <summary>A chip tells what its self-test measured; whoever waits for it hears of it after the commit.</summary>
internal sealed class OnTested(MachineIndex machines, HotLog log) : UplinkHandler<TestReport>("test")
{
    protected override async ValueTask HandleAsync(string serial, TestReport message, DateTimeOffset at, CancellationToken stop)
    {
        var body = new TestedBody(
            serial, machines.FindByChip(serial)?.Id.Value, message.Boot, message.Seq, message.Up, message.At, message.Id, message.Ok, message.Why, message.Contact, message.A, message.V,
            message.Machine, message.Tamper, message.Pos?.Lat, message.Pos?.Lon, message.Rssi);
        await log.AppendAsync(SelfTestLog.Tested.Once(body, at) with { Settle = message.Id }, stop);
    }
}
