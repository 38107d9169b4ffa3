using Anlan.Kernel.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Time;

/// <summary>
/// Work that falls due because a day of the city ended. It runs at start, which makes up for days spent switched off, at each midnight, and
/// every minute in between, because clocks are set and records are entered late. So it must do nothing when nothing is due.
/// </summary>
/// <param name="calendar">The city's days.</param>
/// <param name="clock">The one clock.</param>
/// <param name="logger">Tells of a turn that failed; it is tried again.</param>
public abstract partial class DayTurn(CityCalendar calendar, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The city's days.</summary>
    protected CityCalendar Calendar { get; } = calendar;

    /// <summary>Does whatever is due on a day of the city; returns how much that was.</summary>
    public abstract Task<int> RunAsync(DateOnly today, CancellationToken stop);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(Calendar.Today, stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(logger, failed, GetType().Name);
            }

            var untilMidnight = Calendar.EndOf(Calendar.Today) - Calendar.Now;
            await Task.Delay(untilMidnight < LongestPause ? untilMidnight : LongestPause, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed; it is tried again within a minute")]
    private static partial void LogFailed(ILogger logger, Exception failed, string job);
}
