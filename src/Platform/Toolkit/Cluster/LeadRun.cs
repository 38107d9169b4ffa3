using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Cluster;

/// <summary>A hosted service that only the deciding process runs.</summary>
/// <param name="Service">How it was registered.</param>
public sealed record LeadWork(ServiceDescriptor Service)
{
    /// <summary>Makes it; nothing of it exists in a process that stands by.</summary>
    public IHostedService Make(IServiceProvider provider) =>
        (IHostedService)(Service.ImplementationInstance ?? Service.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, Service.ImplementationType!));
}

/// <summary>Starts, in the order of their registration, the services that only the deciding process runs; an unhandled failure of one ends the process, as in a host.</summary>
public sealed partial class LeadRun(IServiceProvider provider, IEnumerable<LeadWork> works, IHostApplicationLifetime lifetime, ILogger<LeadRun> logger)
{
    private readonly List<IHostedService> _running = [];

    /// <summary>Starts them.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        var all = works.Select(work => work.Make(provider)).ToList();
        foreach (var early in all.OfType<IHostedLifecycleService>()) await early.StartingAsync(stop);
        foreach (var service in all)
        {
            await service.StartAsync(stop);
            _running.Add(service);
            if (service is BackgroundService { ExecuteTask: { } task }) _ = WatchAsync(service, task);
        }
    }

    /// <summary>Stops those that run, the last one first.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        foreach (var service in Enumerable.Reverse(_running)) await service.StopAsync(stop);
        _running.Clear();
    }

    private async Task WatchAsync(IHostedService service, Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        catch (Exception failed)
        {
            LogFailed(failed, service.GetType().Name);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Service} failed; the process stops")]
    private partial void LogFailed(Exception failed, string service);
}
