using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Cluster;

/// <summary>A polite end: the balancer hears first that this process goes, then the other processes, and only then the doors close.</summary>
internal sealed class Leaving(PostgresLead lead, MqttBroker broker, IOptions<ClusterOptions> times) : IHostedLifecycleService
{
    // A device that lost its connection tries again after half a second to one and a half (CHIP-CONN-05).
    private static readonly TimeSpan ComingBack = TimeSpan.FromSeconds(2);

    /// <summary>True once this process was asked to stop: it serves, and sends everybody elsewhere.</summary>
    public bool HasBegun { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        await Task.Delay(times.Value.Drain, cancellationToken);
        // The devices go while somebody still decides: at the hand-over they are at home elsewhere.
        lead.BeginLeaving();
        broker.HangUpAll();
        await Task.Delay(ComingBack, cancellationToken);
        lead.Leave();
        // Until the others have seen it: what they were about to hand on here waits for the next process instead.
        await Task.Delay(times.Value.Look * 3, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
