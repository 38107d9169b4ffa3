using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Log;

/// <summary>Turns log entries into read tables. Runs in the projector's transaction; idempotence comes from the checkpoint.</summary>
public interface IProjection
{
    /// <summary>Takes in a batch in order. Puts rows into the context, never saves; entries of other kinds are passed over.</summary>
    Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop);

    /// <summary>Called after the batch was committed: tell live pages.</summary>
    void OnSaved(IReadOnlyList<LogRecord> batch)
    {
    }
}

/// <summary>How far the projector has come.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class ProjectorCheckpoint
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; }

    /// <summary>Last projected position.</summary>
    public long Seq { get; set; }
}

internal sealed class ProjectorCheckpointMapping : IEntityTypeConfiguration<ProjectorCheckpoint>
{
    public void Configure(EntityTypeBuilder<ProjectorCheckpoint> builder)
    {
        builder.ToTable("platform_projector");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}

/// <summary>Writes everything that is derived from the hot log into the main database, in one transaction with its checkpoint.</summary>
public sealed partial class Projector(HotLog log, LogKinds kinds, IServiceScopeFactory scopes, IEnumerable<IProjection> projections, TimeProvider clock, ILogger<Projector> logger)
    : BackgroundService
{
    private const int BatchSize = 4_000;
    private readonly IReadOnlyList<IProjection> _projections = [.. projections];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private long _seq = -1;
    private int _lastBatch;

    /// <summary>Last projected position.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>When the oldest entry was written that is not projected yet; null when there is none.</summary>
    public DateTimeOffset? OldestWaiting => log.Read(Seq, 1, kinds) is [var oldest, ..] ? oldest.At : null;

    /// <summary>Catches up with the whole log; called once at start before the doors open.</summary>
    /// <exception cref="InvalidDataException">The main database is ahead of its log.</exception>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            _seq = (await db.Set<ProjectorCheckpoint>().AsNoTracking().SingleOrDefaultAsync(stop))?.Seq ?? 0;
        }

        // Entries up to the checkpoint would never be projected, and nobody would notice.
        if (_seq > log.LastSeq)
        {
            throw new InvalidDataException($"The main database knows the log up to entry {_seq}, but the log ends at {log.LastSeq}: they do not belong together. Restore both from the same backup.");
        }

        while (await StepAsync(stop))
        {
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.Committed += _ => Wake();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await StepAsync(stoppingToken))
                {
                }

                await _signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogStuck(failed, Seq);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    // Decisions are told from memory; the read tables may trail in exchange for larger transactions, the more the busier it is: a session
    // that begins and ends within one transaction is written once.
    private TimeSpan Pause => TimeSpan.FromMilliseconds(Math.Clamp(_lastBatch / 8, 40, 400));

    private void Wake()
    {
        if (_signal.CurrentCount == 0)
        {
            try
            {
                _signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Two commits woke it at once: awake is awake.
            }
        }
    }

    private async Task<bool> StepAsync(CancellationToken stop)
    {
        var batch = log.Read(Seq, BatchSize, kinds);
        _lastBatch = batch.Count;
        if (batch.Count == 0) return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        foreach (var projection in _projections) await projection.ApplyAsync(db, batch, stop);
        db.Put(new ProjectorCheckpoint { Id = 1, Seq = batch[^1].Seq });
        await db.SaveAsync(stop);
        Volatile.Write(ref _seq, batch[^1].Seq);
        foreach (var projection in _projections) projection.OnSaved(batch);
        return batch.Count == BatchSize;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Projector is stuck after entry {Seq}; it tries again")]
    private partial void LogStuck(Exception failed, long seq);
}
