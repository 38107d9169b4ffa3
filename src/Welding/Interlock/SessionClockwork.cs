using Anlan.Kernel.Time;
using Anlan.Toolkit.Log;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Welding.Interlock;

/// <summary>Looks once a second which open sessions have something due, and gives their machines a turn. Finds them in the log's holds, so a restart forgets none.</summary>
internal sealed partial class SessionClockwork(OpenSessions sessions, MachineTwins twins, WeldingRules rules, CityCalendar calendar, TimeProvider clock, ILogger<SessionClockwork> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>One look.</summary>
    public async Task RunOnceAsync()
    {
        var now = clock.GetUtcNow();
        var today = calendar.DateOf(now);
        foreach (var open in sessions.All)
        {
            if (SessionClock.DueOf(open, now, rules.For(open.Machine, today)) == SessionDue.Nothing) continue;
            try
            {
                await twins.Of(open.Machine.Value).TickAsync();
            }
            catch (LogUnavailableException)
            {
                // Nothing was renewed, so the chip ends the lease by itself; the next look tries again.
                LogNotNow(open.Machine.Value);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync();
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                LogFailed(failed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Machine {Machine}: what is due could not be written to the log; it is tried again")]
    private partial void LogNotNow(Guid machine);

    [LoggerMessage(Level = LogLevel.Error, Message = "A look at the open sessions failed; it is repeated")]
    private partial void LogFailed(Exception failed);
}
