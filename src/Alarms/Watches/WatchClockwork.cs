using Anlan.Alarms.Board;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Alarms.Watches;

/// <summary>
/// Looks every few seconds which watched conditions are there, and writes down what began and what is over. What was told before lies on the board, so that nothing is told twice, also
/// not after a start; a look waits until the board knows what the last one told.
/// </summary>
internal sealed partial class WatchClockwork(IEnumerable<IAlarmWatch> watches, AlarmBoard board, HotLog log, Projector projector, IOptions<AlarmsOptions> options, TimeProvider clock, ILogger<WatchClockwork> logger) : BackgroundService
{
    private readonly IReadOnlyList<IAlarmWatch> _watches = [.. watches];
    private long _told;

    /// <summary>One look.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        if (projector.Seq < _told) return;
        var now = clock.GetUtcNow();
        foreach (var watch in _watches)
        {
            try
            {
                await LookAsync(watch, now, stop);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // One that fails keeps no other from looking; what it would have told it tells at the next look.
                LogFailed(failed, watch.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunOnceAsync(stoppingToken);
    }

    private async Task LookAsync(IAlarmWatch watch, DateTimeOffset now, CancellationToken stop)
    {
        var there = (await watch.LookAsync(now, stop)).ToDictionary(signal => signal.Key, StringComparer.Ordinal);
        var kinds = watch.Kinds.ToDictionary(kind => kind.Key, StringComparer.Ordinal);
        var known = board.All.Where(alarm => alarm.IsLasting && kinds.ContainsKey(alarm.Kind)).ToDictionary(alarm => alarm.Key, StringComparer.Ordinal);
        foreach (var (key, signal) in there)
        {
            if (!known.ContainsKey(key)) await TellAsync(signal, stop);
        }

        foreach (var (key, alarm) in known)
        {
            if (there.ContainsKey(key)) continue;
            await TellAsync(new AlarmSignal(kinds[alarm.Kind], alarm.Subject, alarm.Name, now) { IsOver = true, Enterprise = alarm.Enterprise?.Value, Division = alarm.Division }, stop);
        }
    }

    private async Task TellAsync(AlarmSignal signal, CancellationToken stop) =>
        _told = (await log.AppendAsync(ConditionBody.LogKind.Draft(signal.Subject, signal.At, ConditionBody.Of(signal)), stop)).Seq;

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch {Watch} failed; it looks again")]
    private partial void LogFailed(Exception failed, string watch);
}
