using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Anlan.Toolkit.Cluster;

/// <summary>Reaches the doorway of a process.</summary>
internal sealed class DoorwayClient(IServiceProvider provider) : GrainServiceClient<IDoorway>(provider)
{
    /// <summary>The doorway at an address.</summary>
    public IDoorway Of(SiloAddress process) => GetGrainService(process);

    /// <summary>The doorway of the deciding process.</summary>
    public IDoorway Of(LeadPlace place) => GetGrainService(SiloAddress.FromParsableString(place.Silo));
}

/// <summary>Hears what other processes say. The parts that decide are asked for only while this process does.</summary>
internal sealed class Doorway(GrainId id, Silo silo, ILoggerFactory logs, IServiceProvider provider) : GrainService(id, silo, logs), IDoorway
{
    private readonly Lazy<LeadDesk> _desk = new(provider.GetRequiredService<LeadDesk>);

    public Task<bool> IsGenuineAsync(string device, byte[] secret) => Task.Run(async () => await Desk().IsGenuineAsync(device, secret));

    public Task ConnectedAsync(SiloAddress door, string device, long connection)
    {
        Desk().Begin(device, new DeviceDoors.Place(door, connection));
        return Task.CompletedTask;
    }

    public Task DisconnectedAsync(SiloAddress door, string device, long connection) => Task.Run(async () => await Desk().EndAsync(device, new DeviceDoors.Place(door, connection)));

    public Task PresentAsync(SiloAddress door, HeldConnection[] connections) => Task.Run(() => Desk().FindAsync(door, connections));

    // On the pool: the turns of this service are one after another, the devices' messages are not.
    public Task<UplinkAnswer> TakeAsync(string channel, string device, byte[] payload, DateTimeOffset at) => Task.Run(async () =>
    {
        try
        {
            await Desk().TakeAsync(channel, new Uplink(device, payload, at), CancellationToken.None);
            return new UplinkAnswer(UplinkFate.Taken, null);
        }
        catch (MalformedUplinkException malformed)
        {
            return new UplinkAnswer(UplinkFate.Malformed, malformed.Message);
        }
        catch (HangUpException wanted)
        {
            return new UplinkAnswer(UplinkFate.HangUp, wanted.Message);
        }
        catch (Exception away) when (away is LogUnavailableException or LeadLostException)
        {
            return new UplinkAnswer(UplinkFate.NotDurable, away.Message);
        }
    });

    public Task RejectedAsync(RejectedNote[] messages, RejectedSum[] sums)
    {
        Desk();
        provider.GetRequiredService<RejectedUplinks>().TakeIn(
            messages.Select(note => new RejectedUplink { At = note.At, Kind = (RejectionKind)note.Kind, Source = note.Source, Device = note.Device, Channel = note.Channel, Reason = note.Reason, Length = note.Length, Payload = note.Payload }),
            sums.Select(sum => new RejectedCount { Kind = (RejectionKind)sum.Kind, Total = sum.Total, NotKept = sum.NotKept, LastAt = sum.LastAt }));
        return Task.CompletedTask;
    }

    public async Task DeliverAsync(string device, string deviceClass, string channel, byte[] payload) => await provider.GetRequiredService<MqttBroker>().TrySendAsync(device, deviceClass, channel, payload);

    public Task HangUpAsync(string device, long? connection)
    {
        var broker = provider.GetRequiredService<MqttBroker>();
        return connection is { } number ? broker.HangUpAsync(device, number) : broker.HangUpAsync(device);
    }

    private LeadDesk Desk() => provider.GetRequiredService<ILead>().IsHere ? _desk.Value : throw new LeadLostException("This process does not decide.");
}
