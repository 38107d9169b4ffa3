using Anlan.Toolkit.Access;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Log;

/// <summary>Turns entries of the log and of the telemetry into read tables. Runs in the projector's transaction; idempotence comes from the checkpoint.</summary>
public interface IProjection
{
    /// <summary>Takes in a batch in order, of the log or of the telemetry, each with positions of its own. Puts rows into the context, never saves; entries of other kinds are passed over.</summary>
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
    /// <summary>1 = the log, 2 = the telemetry.</summary>
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

/// <summary>
/// Writes everything that is derived from the hot log and from the telemetry into the main database, each batch in one transaction with its checkpoint. What was measured follows
/// the decisions that it belongs to, and is sealed into the log before it is rolled up.
/// </summary>
public sealed partial class Projector(HotLog log, TelemetryLog telemetry, LogKinds kinds, IServiceScopeFactory scopes, IEnumerable<IProjection> projections, IOptions<TelemetryOptions> options, TimeProvider clock, ILogger<Projector> logger)
    : BackgroundService
{
    private const int BatchSize = 4_000;
    private const int LogCheckpoint = 1;
    private const int TelemetryCheckpoint = 2;
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<IProjection> _projections = [.. projections];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private long _seq = -1;
    private long _measured = -1;
    private long _rolledAt;
    private int _lastBatch;

    /// <summary>Last projected position.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>When the oldest entry was written that is not projected yet; null when there is none.</summary>
    public DateTimeOffset? OldestWaiting => log.Read(Seq, 1, kinds) is [var oldest, ..] ? oldest.At : null;

    /// <summary>Last position of the telemetry that is rolled up.</summary>
    public long Measured => Volatile.Read(ref _measured);

    /// <summary>When the oldest measurements were received that are not rolled up yet; null when there are none.</summary>
    public DateTimeOffset? OldestMeasured => telemetry.Store.Read(Measured, 1) is [var oldest, ..] ? Readable(oldest)?.At : null;

    /// <summary>Catches up with the whole log and the telemetry; called once at start before the doors open.</summary>
    /// <exception cref="InvalidDataException">The main database is ahead of its log.</exception>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            var reached = await db.Set<ProjectorCheckpoint>().AsNoTracking().ToDictionaryAsync(checkpoint => checkpoint.Id, checkpoint => checkpoint.Seq, stop);
            (_seq, _measured) = (reached.GetValueOrDefault(LogCheckpoint), reached.GetValueOrDefault(TelemetryCheckpoint));
        }

        // Entries up to the checkpoint would never be projected, and nobody would notice.
        if (_seq > log.LastSeq)
        {
            throw new InvalidDataException($"The main database knows the log up to entry {_seq}, but the log ends at {log.LastSeq}: they do not belong together. Restore both from the same backup.");
        }

        // Lost measurements are no reason to keep the doors closed. Their positions are sealed in the log and are not given to others.
        if (_measured > telemetry.LastSeq)
        {
            LogTelemetryLost(_measured, telemetry.LastSeq);
            telemetry.Store.GoOnAfter(_measured);
        }

        while (await StepAsync(stop))
        {
        }

        while (await MeasureAsync(stop))
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

                if (clock.GetElapsedTime(_rolledAt) >= options.Value.RollUpInterval && !await MeasureAsync(stoppingToken)) _rolledAt = clock.GetTimestamp();
                await _signal.WaitAsync(options.Value.RollUpInterval < LongestNap ? options.Value.RollUpInterval : LongestNap, stoppingToken);
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
        await ProjectAsync(batch, LogCheckpoint, batch[^1].Seq, stop);
        Volatile.Write(ref _seq, batch[^1].Seq);
        foreach (var projection in _projections) projection.OnSaved(batch);
        return batch.Count == BatchSize;
    }

    private async Task<bool> MeasureAsync(CancellationToken stop)
    {
        var entries = telemetry.Store.Read(Measured, BatchSize);
        if (entries.Count == 0) return false;
        var (first, last) = (entries[0].Seq, entries[^1].Seq);
        await log.AppendAsync(TelemetrySeal.Kind.Draft("telemetry", clock.GetUtcNow(), new TelemetrySeal(first, last, TelemetrySeal.HashOf(entries.Select(entry => entry.Entry)))) with { Once = $"telemetry/{last}" }, stop);
        // A chip measures for a session after it was granted: the decision was in the log before these were received.
        for (var until = log.LastSeq; Seq < until;) await StepAsync(stop);
        var batch = entries.Select(Readable).OfType<LogRecord>().ToList();
        await ProjectAsync(batch, TelemetryCheckpoint, last, stop);
        Volatile.Write(ref _measured, last);
        foreach (var projection in _projections) projection.OnSaved(batch);
        return entries.Count == BatchSize;
    }

    // What cannot be read (a damaged disk, a kind of a newer version) stays where it lies and is told; it must not hold up all that came after it.
    private LogRecord? Readable((long Seq, byte[] Entry) stored)
    {
        try
        {
            return kinds.Read(LogEntry.Decode(stored.Seq, stored.Entry));
        }
        catch (FormatException damaged)
        {
            LogUnreadable(damaged, stored.Seq);
            return null;
        }
    }

    private async Task ProjectAsync(IReadOnlyList<LogRecord> batch, int checkpoint, long last, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        foreach (var projection in _projections) await projection.ApplyAsync(db, batch, stop);
        db.Put(new ProjectorCheckpoint { Id = checkpoint, Seq = last });
        await db.SaveAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The read tables know the telemetry up to {Rolled}, but it ends at {Last}: measurements are lost; check telemetry.db and its backup")]
    private partial void LogTelemetryLost(long rolled, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Measurements {Seq} cannot be read and are not rolled up; check the disk, telemetry.db and its backup")]
    private partial void LogUnreadable(Exception damaged, long seq);

    [LoggerMessage(Level = LogLevel.Error, Message = "Projector is stuck after entry {Seq}; it tries again")]
    private partial void LogStuck(Exception failed, long seq);
}
