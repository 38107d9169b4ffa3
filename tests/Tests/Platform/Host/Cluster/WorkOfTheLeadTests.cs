using Anlan.Host;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Import;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Anlan.Tests.Platform.Host.Cluster;

/// <summary>What a process that stands by must not do.</summary>
public sealed class WorkOfTheLeadTests
{
    [Fact]
    public void Imports_are_carried_out_by_the_deciding_process_alone()
    {
        var services = Composed("--Anlan:Postgres=Host=nowhere", "--Anlan:Cluster:Kind=redis", "--Anlan:Cluster:Redis=nowhere:6379");

        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IHostedService) && Makes<ImportRunner>(service));
        Assert.Single(services.Select(service => service.ImplementationInstance).OfType<LeadWork>(), work => Makes<ImportRunner>(work.Service));
    }

    [Fact]
    public void Alone_a_process_carries_imports_out() => Assert.Single(Composed(), service => service.ServiceType == typeof(IHostedService) && Makes<ImportRunner>(service));

    // A factory tells its type by what it is said to return.
    private static bool Makes<T>(ServiceDescriptor service) => service.ImplementationFactory?.GetType().GenericTypeArguments[^1] == typeof(T);

    private static List<ServiceDescriptor> Composed(params string[] args)
    {
        List<ServiceDescriptor> services = [];
        Assert.Throws<OperationCanceledException>(() => HostApplication.Build(args, builder =>
        {
            services.AddRange(builder.Services);
            throw new OperationCanceledException();
        }));
        return services;
    }
}
