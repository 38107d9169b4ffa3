using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Outbox;

/// <summary>
/// Hands an event to its subscribers, each in a scope and transaction of its own. That a subscriber has taken an event is written in the
/// transaction of what it did: after a crash it is not asked again, so nothing is done twice.
/// </summary>
public sealed class OutboxDelivery(IServiceScopeFactory scopes, IEnumerable<Subscription> subscriptions, TimeProvider clock)
{
    private readonly ILookup<string, Subscription> _subscriptions = subscriptions.ToLookup(s => s.EventType, StringComparer.Ordinal);

    /// <summary>Delivers to everybody who has not taken the event yet. Each is tried, also when another one fails.</summary>
    /// <exception cref="Exception">The first failure.</exception>
    public async Task DeliverAsync(OutboxMessage message, HashSet<string> taken, CancellationToken stop)
    {
        Exception? first = null;
        foreach (var subscription in _subscriptions[message.Type].Where(s => !taken.Contains(s.Subscriber)))
        {
            try
            {
                await DeliverAsync(message, subscription, stop);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                first ??= failed;
            }
        }

        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private async Task DeliverAsync(OutboxMessage message, Subscription subscription, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        db.Put(new OutboxTaking { EventId = message.EventId, Subscriber = subscription.Subscriber, At = clock.GetUtcNow() });
        await subscription.DeliverAsync(scope.ServiceProvider, message.Payload, message.EventId, stop);
        // A subscriber that saved has saved this with it; one that only talked to others has not.
        await db.SaveAsync(stop);
    }
}
