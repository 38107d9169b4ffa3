using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// Writes rejected messages and their counts into the main database, once a second and all in one transaction, so that a flood costs one small
/// write a second; prunes what is older than the newest of its source and of all. A power cut loses the last second.
/// </summary>
public sealed partial class RejectedUplinkWriter(RejectedUplinks rejected, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RejectedUplinkWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes what waits.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        var (messages, counts) = rejected.Take();
        try
        {
            if (counts.Count > 0) await WriteAsync(messages, counts, stop);
        }
        catch
        {
            rejected.GiveBack(counts, messages);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryWriteAsync(stoppingToken);
    }

    private async Task TryWriteAsync(CancellationToken stop)
    {
        try
        {
            await WriteAsync(stop);
        }
        catch (Exception failed) when (failed is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(failed);
        }
    }

    private async Task WriteAsync(IReadOnlyList<RejectedUplink> messages, IReadOnlyCollection<RejectedCount> counts, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var known = await db.Set<RejectedCount>().ToDictionaryAsync(count => count.Kind, stop);
        foreach (var count in counts)
        {
            if (!known.TryGetValue(count.Kind, out var sum)) db.Add(sum = new RejectedCount { Kind = count.Kind });
            sum.Total += count.Total;
            sum.NotKept += count.NotKept;
            sum.LastAt = count.LastAt;
        }

        foreach (var message in messages) db.Put(message);
        await db.SaveChangesAsync(stop);
        foreach (var source in messages.Select(message => message.Source).Distinct(StringComparer.Ordinal))
        {
            await PruneAsync(db.Set<RejectedUplink>().Where(message => message.Source == source), RejectedUplinks.MostOfASource, stop);
        }

        await PruneAsync(db.Set<RejectedUplink>(), RejectedUplinks.MostInAll, stop);
        await transaction.CommitAsync(stop);
    }

    private static async Task PruneAsync(IQueryable<RejectedUplink> of, int most, CancellationToken stop)
    {
        var oldest = await of.OrderByDescending(message => message.Seq).Skip(most - 1).Select(message => message.Seq).FirstOrDefaultAsync(stop);
        if (oldest > 0) await of.Where(message => message.Seq < oldest).ExecuteDeleteAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Rejected messages could not be written; they are counted with the next ones")]
    private partial void LogFailed(Exception failed);
}
