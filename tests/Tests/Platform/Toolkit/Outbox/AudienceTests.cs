using Anlan.Host.Operations;
using Anlan.Kernel.Events;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Outbox;

/// <summary>Only what somebody hears is saved.</summary>
public sealed class AudienceTests
{
    [Fact]
    public async Task An_event_waits_for_its_subscriber_and_one_without_a_subscriber_is_not_saved()
    {
        var module = new OperationsModule();
        await using var host = await ModuleHost.StartAsync(module, (services, _) =>
        {
            module.AddServices(services, new ConfigurationBuilder().Build());
            services.AddSingleton(new Audience([new Subscription(typeof(Heard).FullName!, "listener", (_, _, _, _) => Task.CompletedTask)]));
        }, _ => { });

        await host.ReadAsync(async db =>
        {
            db.Publish(new Unheard("door"));
            db.Publish(new Heard("door"));
            await db.SaveAsync();
            return 0;
        });

        Assert.Equal(typeof(Heard).FullName, Assert.Single(await host.OutboxAsync()).Type);
    }

    private sealed record Heard(string Subject) : IDomainEvent;

    private sealed record Unheard(string Subject) : IDomainEvent;
}
