using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>Registers what makes a process one of several.</summary>
public static class ClusterServices
{
    /// <summary>Adds the lead, the doorway and the desk in front of it.</summary>
    /// <param name="silo">The silo of this process.</param>
    /// <param name="configuration">Where the times are set.</param>
    /// <param name="self">Name of this process.</param>
    /// <param name="http">Where the other processes hand requests on to.</param>
    public static void AddCluster(this ISiloBuilder silo, IConfiguration configuration, Guid self, string http)
    {
        silo.AddGrainService<Doorway>();
        var services = silo.Services;
        services.AddOptions<ClusterOptions>().Bind(configuration.GetSection("Anlan:ClusterTimes")).ValidateDataAnnotations()
            .Validate(ClusterOptions.AreInOrder, "Anlan:ClusterTimes: two beats must fit into the lease, and the lease must end before the silence.").ValidateOnStart();
        services.AddSingleton<LeadRun>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PostgresLead>(provider, new LeadPlace(self, provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), http, PostgresLead.NewKey())));
        services.AddSingleton<ILead>(provider => provider.GetRequiredService<PostgresLead>());
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<DoorwayClient>();
        services.AddSingleton<DeviceDoors>();
        services.AddSingleton<LeadDesk>();
        services.AddSingleton<DoorWork>();
        services.AddSingleton<OwnDesk>();
        services.AddSingleton<IDeviceDesk, ClusterDesk>();
        services.AddSingleton<IDeviceSender, ClusterSender>();
    }

    /// <summary>Starts the cluster's own services: after the silo, before the doors.</summary>
    public static void RunCluster(this IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<PostgresLead>());
        services.AddHostedService<LeadKnown>();
        services.AddHostedService(provider => provider.GetRequiredService<DoorWork>());
    }

    /// <summary>Makes hosted services that were registered since a moment the work of the deciding process alone.</summary>
    /// <param name="services">All services.</param>
    /// <param name="before">What was registered at that moment.</param>
    public static void OnlyWhereItIsDecided(this IServiceCollection services, IReadOnlySet<ServiceDescriptor> before)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(IHostedService) && !before.Contains(service)).ToList())
        {
            services.Remove(service);
            services.AddSingleton(new LeadWork(service));
        }
    }

    /// <summary>Keeps statements in when the lease is over.</summary>
    public static Microsoft.EntityFrameworkCore.DbContextOptionsBuilder GuardLease(this Microsoft.EntityFrameworkCore.DbContextOptionsBuilder options, IServiceProvider provider) =>
        provider.GetService<LeaseGuard>() is { } guard ? options.AddInterceptors(guard) : options;

    // The doors open once it is known who decides: a balancer must not send anybody to a process that cannot help.
    private sealed class LeadKnown(PostgresLead lead) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => lead.Knows.WaitAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Closes log and measurements when this process decides no more, so that the next one can open them at once.</summary>
public sealed class CloseLogs(HotLog log, TelemetryLog telemetry) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        log.Dispose();
        telemetry.Dispose();
        return Task.CompletedTask;
    }
}
