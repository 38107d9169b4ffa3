using Anlan.Contracts.Devices;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>
/// The end of a connection. The server's own knowledge of it decides; the last will is taken and changes nothing, because it may arrive
/// after the chip has come back on a new connection (CHIP-CONN-06).
/// </summary>
internal sealed class OnOffline(MachineIndex machines, IDevices devices, HotLog log, TimeProvider clock) : UplinkHandler<OfflineNotice>("offline"), IConnectionObserver
{
    public async ValueTask OnDisconnectedAsync(string device, CancellationToken stop)
    {
        if (!devices.StateOf(device).IsOnline) return;
        await log.AppendAsync(ChipLog.Offline.Draft(ChipLog.SubjectOf(device), clock.GetUtcNow(), new OfflineBody(device, machines.FindByChip(device)?.Id.Value)), stop);
    }

    protected override ValueTask HandleAsync(string serial, OfflineNotice message, DateTimeOffset at, CancellationToken stop) => ValueTask.CompletedTask;
}
