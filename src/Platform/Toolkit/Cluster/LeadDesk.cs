using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>The deciding process's side of all doors, its own included: which device is connected where, and what they say.</summary>
internal sealed partial class LeadDesk(OwnDesk own, DeviceDoors doors, DoorwayClient others, ILogger<LeadDesk> logger)
{
    public ValueTask<bool> IsGenuineAsync(string device, ReadOnlyMemory<byte> secret) => own.IsGenuineAsync(device, secret);

    public ValueTask TakeAsync(string channel, Uplink uplink, CancellationToken stop) => own.TakeAsync(channel, uplink, stop);

    /// <summary>A connection begins; the device's older one at another door has to go.</summary>
    public void Begin(string device, DeviceDoors.Place place)
    {
        if (doors.Begin(device, place) is { } older) _ = others.Of(older.Door).HangUpAsync(device, older.Connection);
    }

    /// <summary>A connection ended.</summary>
    public ValueTask EndAsync(string device, DeviceDoors.Place place) => doors.End(device, place) ? own.DisconnectedAsync(device, place.Connection) : ValueTask.CompletedTask;

    /// <summary>What a door held already when this process began to decide.</summary>
    public async Task FindAsync(SiloAddress door, IEnumerable<HeldConnection> connections)
    {
        foreach (var held in connections)
        {
            Begin(held.Device, new DeviceDoors.Place(door, held.Connection));
            await own.FoundAsync(held.Device, CancellationToken.None);
        }
    }

    /// <summary>A door is gone: so are its connections.</summary>
    public async Task CloseAsync(SiloAddress door)
    {
        var gone = doors.At(door);
        if (gone.Count > 0) LogGone(door, gone.Count);
        foreach (var (device, place) in gone) await EndAsync(device, place);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The process at {Door} is gone with the connections of {Count} devices")]
    private partial void LogGone(SiloAddress door, int count);
}
