using Anlan.Alarms.Board;
using Anlan.Toolkit.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Alarms.Escalation;

/// <summary>Looks once a second which alarms nobody took over in time, and writes down that the next level is told. After an outage every level that is due is told, one after the other.</summary>
internal sealed partial class EscalationClockwork(AlarmBoard board, AlarmTimes times, HotLog log, TimeProvider clock, ILogger<EscalationClockwork> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>One look.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var alarm in board.All)
        {
            if (times.NextOf(alarm) is not { } next || next.At > now) continue;
            // Written once for each level, whatever the board knows already.
            await log.AppendAsync(new StepBody(alarm.Number, AlarmAct.Escalate, AlarmSide.Platform, Guid.Empty, null, null, null, null, null, next.Level).Draft(now), stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
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
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A look at the alarms that nobody took over failed; it is repeated")]
    private partial void LogFailed(Exception failed);
}
