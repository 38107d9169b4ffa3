using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>
/// What a process does for the one that decides: tells a new one which devices are connected here, and once a second what was rejected here. Ends
/// the connections of devices whose door is gone, when it is the one that decides.
/// </summary>
internal sealed partial class DoorWork(ILead lead, LeadDesk here, DoorwayClient others, MqttBroker broker, RejectedUplinks rejected, ISiloStatusOracle silos, ILocalSiloDetails self, IOptions<ClusterOptions> times, ILogger<DoorWork> logger)
    : BackgroundService, ISiloStatusListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int Batch = 1_000;

    /// <inheritdoc />
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && lead.IsHere) _ = Task.Run(() => CloseAsync(updatedSilo));
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        await Task.WhenAll(IntroduceAsync(stoppingToken), ReportAsync(stoppingToken));
    }

    private async Task CloseAsync(SiloAddress door)
    {
        try
        {
            await here.CloseAsync(door);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            LogFailed(failed);
        }
    }

    private async Task IntroduceAsync(CancellationToken stop)
    {
        var known = Guid.Empty;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var place = await lead.FindAsync(times.Value.Patience, stop);
                if (place.Process != known)
                {
                    foreach (var some in broker.Connected.Select(held => new HeldConnection(held.Device, held.Connection)).Chunk(Batch))
                    {
                        if (lead.IsHere) await here.FindAsync(self.SiloAddress, some);
                        else await others.Of(place).PresentAsync(self.SiloAddress, some).WaitAsync(times.Value.Patience, stop);
                    }

                    known = place.Process;
                }

                await Task.Delay(times.Value.Look, stop);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                if (failed is not LeadLostException) LogFailed(failed);
                await Task.Delay(times.Value.Look, stop);
            }
        }
    }

    private async Task ReportAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stop))
        {
            // The deciding process writes its own.
            if (lead.IsHere || lead.Place is not { } place) continue;
            var (messages, counts) = rejected.Take();
            if (counts.Count == 0) continue;
            try
            {
                await others.Of(place).RejectedAsync(
                    [.. messages.Select(message => new RejectedNote(message.At, (int)message.Kind, message.Source, message.Device, message.Channel, message.Reason, message.Length, message.Payload))],
                    [.. counts.Select(count => new RejectedSum((int)count.Kind, count.Total, count.NotKept, count.LastAt))]).WaitAsync(times.Value.Patience, stop);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                rejected.GiveBack(counts, messages);
                LogFailed(failed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What this process had to tell the deciding one did not arrive; it is told again")]
    private partial void LogFailed(Exception failed);
}
