using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Outbox;

/// <summary>
/// Delivers waiting events: at least once to each subscriber, each in a scope and transaction of its own, in order per subject. An event
/// that fails is tried again with growing pauses and holds back only later events of the same subject.
/// </summary>
public sealed partial class OutboxDispatcher(IServiceScopeFactory scopes, CommitGate gate, IEnumerable<Subscription> subscriptions, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : BackgroundService
{
    private const int BatchSize = 500;
    private readonly ILookup<string, Subscription> _subscriptions = subscriptions.ToLookup(s => s.EventType, StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.EventsWaiting += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverBatchAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogBroken(failed);
            }

            await _signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
        }
    }

    /// <summary>Delivers what is due; returns how many events made progress.</summary>
    public async Task<int> DeliverBatchAsync(CancellationToken stop)
    {
        List<OutboxMessage> waiting;
        await using (var scope = scopes.CreateAsyncScope())
        {
            waiting = await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Seq).Take(BatchSize).ToListAsync(stop);
        }

        var blocked = new HashSet<string>(StringComparer.Ordinal);
        var taken = new List<long>();
        foreach (var message in waiting)
        {
            if (blocked.Contains(message.Subject)) continue;
            if (message.NotBefore <= clock.GetUtcNow() && await DeliverAsync(message, stop)) taken.Add(message.Seq);
            else blocked.Add(message.Subject);
        }

        if (taken.Count > 0) await RemoveAsync(taken, stop);
        return taken.Count;
    }

    private async Task<bool> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        var taken = message.TakenBy.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        try
        {
            foreach (var subscription in _subscriptions[message.Type].Where(s => !taken.Contains(s.Subscriber)))
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
                await subscription.DeliverAsync(scope.ServiceProvider, message.Payload, message.EventId, stop);
                taken.Add(subscription.Subscriber);
            }

            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogFailed(failed, message.Type, message.EventId, message.Attempts + 1);
            await KeepAsync(message.Seq, taken, stop);
            return false;
        }
    }

    // In one statement for the whole batch. A crash before it only means that subscribers see the batch again.
    private async Task RemoveAsync(List<long> taken, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<OutboxMessage>().Where(m => taken.Contains(m.Seq)).ExecuteDeleteAsync(stop);
    }

    private async Task KeepAsync(long seq, List<string> taken, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var message = await db.Set<OutboxMessage>().SingleAsync(m => m.Seq == seq, stop);
        message.TakenBy = string.Join('\n', taken);
        message.Attempts++;
        message.NotBefore = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, message.Attempts)));
        await db.SaveChangesAsync(stop);
    }

    private void Wake()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two saves woke it at once: awake is awake.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Type} {EventId}: a subscriber failed (attempt {Attempt}); it is tried again")]
    private partial void LogFailed(Exception failed, string type, Guid eventId, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again")]
    private partial void LogBroken(Exception failed);
}
