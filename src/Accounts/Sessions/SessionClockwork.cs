using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Ends sessions whose time has come, so that open pages leave without being asked, and writes when the others were last used: one statement for
/// a minute's sessions, never one for a request.
/// </summary>
internal sealed partial class SessionClockwork(SessionIndex sessions, SessionCheck check, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionClockwork> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private const int Batch = 500;

    /// <summary>Ends what is over; how many that were.</summary>
    public async Task<int> EndAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var over = sessions.Open.Select(session => (session.Id, End: check.EndOf(session, now))).Where(found => found.End is not null).Take(Batch).ToDictionary(found => found.Id, found => found.End!.Value);
        if (over.Count == 0) return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        foreach (var session in await db.Sessions.Where(s => over.Keys.Contains(s.Id)).ToListAsync(stop))
        {
            if (sessions.Find(session.Id) is { } facts && facts.LastSeen > session.LastSeenAt) session.LastSeenAt = Minute(facts.LastSeen);
            session.EndAt(now, over[session.Id]);
            db.Context.Audit("accounts.session.ended", $"account/{session.Account}", new { session = session.Id, end = over[session.Id].ToString() });
        }

        // Somebody who ended one of them meanwhile was first; the next turn takes the others.
        await db.Context.TrySaveAsync(stop);
        return over.Count;
    }

    /// <summary>Writes when sessions were last used, to the minute.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        var used = sessions.Open.Where(session => Minute(session.LastSeen) > session.WrittenMinute).Select(session => (Session: session, Minute: Minute(session.LastSeen))).ToList();
        if (used.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        foreach (var sameMinute in used.GroupBy(session => session.Minute).SelectMany(minute => minute.Chunk(Batch)))
        {
            var (ids, minute) = (sameMinute.Select(one => one.Session.Id).ToList(), sameMinute[0].Minute);
            await db.Sessions.Where(s => ids.Contains(s.Id) && s.LastSeenAt < minute).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, minute), stop);
            foreach (var (session, written) in sameMinute) session.WrittenMinute = written;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        for (var turn = 0L; await timer.WaitForNextTickAsync(stoppingToken); turn++)
        {
            try
            {
                await EndAsync(stoppingToken);
                if (turn % 6 == 0) await WriteAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));

    [LoggerMessage(Level = LogLevel.Error, Message = "Sessions could not be ended or written; tried again in ten seconds")]
    private partial void LogFailed(Exception failed);
}
