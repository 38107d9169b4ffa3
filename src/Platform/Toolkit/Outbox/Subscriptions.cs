using System.Text.Json;
using Anlan.Kernel.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Outbox;

/// <summary>One subscriber of one event type.</summary>
/// <param name="EventType">Full name of the event record.</param>
/// <param name="Subscriber">Name of the subscriber.</param>
/// <param name="DeliverAsync">Delivers a payload within a scope.</param>
public sealed record Subscription(string EventType, string Subscriber, Func<IServiceProvider, string, Guid, CancellationToken, Task> DeliverAsync);

/// <summary>Registers subscribers.</summary>
public static class SubscriptionServices
{
    /// <summary>Subscribes a class to an event; both ends stay visible: here in the subscriber's module, the event in Contracts.</summary>
    public static IServiceCollection AddSubscriber<TEvent, TSubscriber>(this IServiceCollection services)
        where TEvent : class, IDomainEvent where TSubscriber : class, IEventSubscriber<TEvent>
    {
        services.AddScoped<TSubscriber>();
        services.AddSingleton(new Subscription(typeof(TEvent).FullName!, typeof(TSubscriber).FullName!, (scope, payload, id, stop) =>
            scope.GetRequiredService<TSubscriber>().HandleAsync(JsonSerializer.Deserialize<TEvent>(payload, JsonSerializerOptions.Web)!, id, stop)));
        return services;
    }
}
