using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Operations.Figures;

/// <summary>Measures the figures, raises and ends their alarms, and puts both on record.</summary>
internal sealed partial class FiguresJob(FigureBoard board, FigureLimits limits, IServiceScopeFactory scopes, LiveFeed feed, IOptions<OperationsOptions> options, TimeProvider clock, ILogger<FiguresJob> logger) : BackgroundService
{
    /// <summary>Topic of the page.</summary>
    public const string Topic = "operations";

    // Without a database for a long time the newest turns are what is worth knowing.
    private const int MostUnrecorded = 100;
    private readonly Queue<Turn> _unrecorded = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Measures once.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            await TakeAsync(stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task TakeAsync(CancellationToken stop)
    {
        var (now, before) = (clock.GetUtcNow(), board.Standings);
        var after = new FigureBoard.Standing[before.Count];
        for (var i = 0; i < after.Length; i++)
        {
            var value = await MeasureAsync(before[i], now, stop);
            var alarm = before[i].Alarm with { Limit = limits.Of(before[i].Figure) };
            after[i] = before[i] with { Value = value, Alarm = alarm.After(value, now, options.Value.RaiseAfter, options.Value.ClearAfter) };
            if (before[i].Alarm.RaisedAt is null != after[i].Alarm.RaisedAt is null) Note(after[i], before[i].Alarm.RaisedAt);
        }

        board.Take(now, after);
        feed.Tell(Topic);
        await RecordAsync(stop);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<double?> MeasureAsync(FigureBoard.Standing standing, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
            return await standing.Figure.MeasureAsync(scope.ServiceProvider, now, stop);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // Said once, not with every measurement of a long outage.
            if (standing.Value is not null || board.MeasuredAt is null) LogUnknown(failed, standing.Figure.Key);
            return null;
        }
    }

    private void Note(FigureBoard.Standing standing, DateTimeOffset? raisedAt)
    {
        if (raisedAt is null) LogRaised(standing.Figure.Key, standing.Value, standing.Alarm.Limit);
        else LogCleared(standing.Figure.Key, raisedAt.Value);
        if (_unrecorded.Count == MostUnrecorded) _unrecorded.Dequeue();
        _unrecorded.Enqueue(new Turn(standing.Figure.Key, raisedAt is null, standing.Value, standing.Alarm.Limit, standing.Alarm.RaisedAt ?? clock.GetUtcNow()));
    }

    // The database may be what the alarm is about: whatever could not be put on record is tried again at the next measurement.
    private async Task RecordAsync(CancellationToken stop)
    {
        if (_unrecorded.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        foreach (var turn in _unrecorded) db.Audit(turn.IsRaised ? "operations.alarm.raised" : "operations.alarm.cleared", $"figure/{turn.Figure}", new { turn.Value, turn.Limit, turn.At });
        await db.SaveAsync(stop);
        _unrecorded.Clear();
    }

    private sealed record Turn(string Figure, bool IsRaised, double? Value, double Limit, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Error, Message = "ALARM {Figure}: {Value} (limit {Limit}); see the page of operations")]
    private partial void LogRaised(string figure, double? value, double limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The alarm {Figure} of {RaisedAt:O} is over")]
    private partial void LogCleared(string figure, DateTimeOffset raisedAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The figure {Figure} cannot be measured")]
    private partial void LogUnknown(Exception failed, string figure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The figures could not be measured or recorded; it is tried again")]
    private partial void LogFailed(Exception failed);
}
