using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Outbox;

/// <summary>
/// Delivers waiting events: at least once to each subscriber, in order per subject. An event that fails is tried again with growing pauses
/// and meanwhile holds back later events of the same subject only; after <see cref="MostAttempts"/> attempts it is put aside as a dead
/// letter, for people to look at and to send again, and its subject goes on.
/// </summary>
public sealed partial class OutboxDispatcher(IServiceScopeFactory scopes, OutboxDelivery delivery, CommitGate gate, TimeProvider clock, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    /// <summary>Attempts before an event is put aside: some eight minutes of growing pauses.</summary>
    public const int MostAttempts = 9;

    private const int BatchSize = 500;
    private const int MostErrorText = 500;
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.EventsWaiting += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverAllAsync(stoppingToken) > 0)
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

    /// <summary>Goes once through everything that waits, in order; answers how many events are done.</summary>
    public async Task<int> DeliverAllAsync(CancellationToken stop)
    {
        var (done, last) = (0, 0L);
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var (waiting, taken) = await ReadAsync(last, stop);
            if (waiting.Count == 0) return done;
            last = waiting[^1].Seq;
            done += await DeliverAsync(waiting, taken, blocked, stop);
        }
    }

    private async Task<(List<OutboxMessage> Waiting, ILookup<Guid, string> Taken)> ReadAsync(long after, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var waiting = await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Seq > after && m.DeadAt == null).OrderBy(m => m.Seq).Take(BatchSize).ToListAsync(stop);
        var ids = waiting.Select(m => m.EventId).ToList();
        var taken = await db.Set<OutboxTaking>().AsNoTracking().Where(t => ids.Contains(t.EventId)).ToListAsync(stop);
        return (waiting, taken.ToLookup(t => t.EventId, t => t.Subscriber));
    }

    private async Task<int> DeliverAsync(List<OutboxMessage> waiting, ILookup<Guid, string> taken, HashSet<string> blocked, CancellationToken stop)
    {
        var done = new List<OutboxMessage>();
        try
        {
            foreach (var message in waiting)
            {
                if (blocked.Contains(message.Subject)) continue;
                if (message.NotBefore > clock.GetUtcNow())
                {
                    blocked.Add(message.Subject);
                    continue;
                }

                try
                {
                    await delivery.DeliverAsync(message, [.. taken[message.EventId]], stop);
                    done.Add(message);
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    var isDead = await PostponeAsync(message, failed, stop);
                    if (!isDead) blocked.Add(message.Subject);
                }
            }
        }
        finally
        {
            // Also when this was interrupted. A crash before it only means that the takings are found and nothing is done twice.
            if (done.Count > 0) await RemoveAsync(done);
        }

        return done.Count;
    }

    private async Task RemoveAsync(List<OutboxMessage> done)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var (numbers, ids) = (done.ConvertAll(m => m.Seq), done.ConvertAll(m => m.EventId));
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.Set<OutboxMessage>().Where(m => numbers.Contains(m.Seq)).ExecuteDeleteAsync(CancellationToken.None);
        await db.Set<OutboxTaking>().Where(t => ids.Contains(t.EventId)).ExecuteDeleteAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Notes a failure; true when the event is given up and put aside.</summary>
    private async Task<bool> PostponeAsync(OutboxMessage failed, Exception error, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var message = await db.Set<OutboxMessage>().SingleAsync(m => m.Seq == failed.Seq, stop);
        message.Attempts++;
        message.NotBefore = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, message.Attempts)));
        var text = $"{error.GetType().Name}: {error.Message}";
        message.LastError = text.Length <= MostErrorText ? text : text[..MostErrorText];
        if (message.Attempts >= MostAttempts) message.DeadAt = clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        if (message.DeadAt is not null) LogDead(error, message.Type, message.EventId, message.Attempts);
        else LogFailed(error, message.Type, message.EventId, message.Attempts);
        return message.DeadAt is not null;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Type} {EventId}: a subscriber failed (attempt {Attempt}); it is tried again")]
    private partial void LogFailed(Exception failed, string type, Guid eventId, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Type} {EventId} was put aside after {Attempts} attempts; look at it on the page of events and send it again")]
    private partial void LogDead(Exception failed, string type, Guid eventId, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again")]
    private partial void LogBroken(Exception failed);
}
