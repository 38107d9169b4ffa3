using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>The broker's desk in a cluster: here while this process decides, else at the one that does.</summary>
internal sealed class ClusterDesk(PostgresLead lead, LeadDesk here, DoorwayClient others, ILocalSiloDetails self, IOptions<ClusterOptions> times) : IDeviceDesk
{
    public async ValueTask<bool> IsGenuineAsync(string device, ReadOnlyMemory<byte> secret)
    {
        if (lead.IsLeaving) throw new LeadLostException("This process is about to end.");
        if (lead.IsHere) return await here.IsGenuineAsync(device, secret);
        var copy = secret.ToArray();
        return await AskAsync(doorway => doorway.IsGenuineAsync(device, copy), () => here.IsGenuineAsync(device, copy).AsTask(), CancellationToken.None);
    }

    public async ValueTask ConnectedAsync(string device, long connection)
    {
        var place = new DeviceDoors.Place(self.SiloAddress, connection);
        if (lead.IsHere)
        {
            here.Begin(device, place);
            return;
        }

        await AskAsync(
            async doorway =>
            {
                await doorway.ConnectedAsync(place.Door, device, connection);
                return true;
            },
            () =>
            {
                here.Begin(device, place);
                return Task.FromResult(true);
            },
            CancellationToken.None);
    }

    public async ValueTask DisconnectedAsync(string device, long connection)
    {
        // This process ends these connections itself; each device comes back at another one in a moment, and whatever it is to get waits for it.
        if (lead.IsLeaving) return;
        if (lead.IsHere) await here.EndAsync(device, new DeviceDoors.Place(self.SiloAddress, connection));
        // A process that begins to decide asks the doors what they hold: an end that nobody hears of now is no secret then.
        else if (lead.Place is { } place) await others.Of(place).DisconnectedAsync(self.SiloAddress, device, connection).WaitAsync(lead.UntilItLeaves(place));
    }

    public async ValueTask TakeAsync(string channel, Uplink uplink, CancellationToken stop)
    {
        if (lead.IsHere)
        {
            await here.TakeAsync(channel, uplink, stop);
            return;
        }

        var payload = uplink.Payload.ToArray();
        var answer = await AskAsync(
            doorway => doorway.TakeAsync(channel, uplink.Device, payload, uplink.At),
            async () =>
            {
                await here.TakeAsync(channel, uplink, stop);
                return new UplinkAnswer(UplinkFate.Taken, null);
            },
            stop);
        switch (answer.Fate)
        {
            case UplinkFate.Malformed: throw new MalformedUplinkException(answer.Text!);
            case UplinkFate.HangUp: throw new HangUpException(answer.Text!);
            case UplinkFate.NotDurable: throw new LogUnavailableException(answer.Text!);
        }
    }

    // Never twice: what was asked of a process that is gone may have been done, and only the device knows what it still has to say.
    private async Task<TAnswer> AskAsync<TAnswer>(Func<IDoorway, Task<TAnswer>> there, Func<Task<TAnswer>> atHome, CancellationToken stop)
    {
        var place = lead.Leaving ?? await lead.FindAsync(times.Value.Patience, stop);
        if (lead.IsHere) return await atHome();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(lead.UntilItLeaves(place), stop);
        try
        {
            return await there(others.Of(place)).WaitAsync(times.Value.Patience, over.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LeadLostException("The deciding process is gone.");
        }
        catch (Exception away) when (away is TimeoutException or SiloUnavailableException or OrleansException)
        {
            throw new LeadLostException("The deciding process does not answer.", away);
        }
    }
}
