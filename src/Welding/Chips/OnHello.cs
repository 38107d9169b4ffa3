using Anlan.Contracts.Devices;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>A chip connected: it gets the time and whatever waits for it (CHIP-HELLO-03).</summary>
internal sealed class OnHello(MachineIndex machines, MachineTwins twins, HotLog log, GrantDesk desk, IDeviceCommands commands, TimeProvider clock) : UplinkHandler<Hello>("hello")
{
    protected override async ValueTask HandleAsync(string serial, Hello message, DateTimeOffset at, CancellationToken stop)
    {
        var machine = machines.FindByChip(serial)?.Id.Value;
        var body = new HelloBody(serial, machine, message.Boot, message.Seq, message.Up, message.At, message.Fw, message.Counter, message.Nonce, message.Relay, message.Tamper,
            message.Pos?.Lat, message.Pos?.Lon, message.Model, message.Config);
        if (machine is { } id)
        {
            await twins.Of(id).OnHelloAsync(body, at);
            return;
        }

        // A chip in the installer's hand belongs to no machine yet; it learns the time all the same.
        var result = await log.AppendAsync(ChipLog.Hello.Once(body, at), stop);
        if (!result.IsAppended) return;
        await commands.SendAsync(serial, "time", desk.SignTime(serial, clock.GetUtcNow(), message.Nonce));
        await commands.ResendAsync(serial);
    }
}
