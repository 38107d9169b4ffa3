using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Alarms.Delivery;

/// <summary>What was held back, because somebody had enough messages or wanted quiet, goes out as one message as soon as it may.</summary>
internal sealed class SendDigests(AlarmsDb db, MessageQuota quota, AlarmPost post, PersonalFields fields, CityCalendar calendar, TimeProvider clock)
{
    private const int MostAtOnce = 5_000;

    /// <summary>One look; how many digests were written.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var held = await db.Receipts.Where(receipt => receipt.Message == null && receipt.Channel != AlarmChannel.Desk).OrderBy(receipt => receipt.Id).Take(MostAtOnce).ToListAsync(stop);
        if (held.Count == 0) return 0;
        var numbers = held.Select(receipt => receipt.Alarm).Distinct().ToList();
        var alarms = await db.Alarms.AsNoTracking().Where(alarm => numbers.Contains(alarm.Number)).ToDictionaryAsync(alarm => alarm.Number, stop);
        var (now, sent) = (clock.GetUtcNow(), 0);
        foreach (var group in held.Where(receipt => alarms.ContainsKey(receipt.Alarm)).GroupBy(receipt => (receipt.Account, receipt.Channel, IsSevere: MessageQuota.IsSevere(receipt.Channel, alarms[receipt.Alarm].Severity))))
        {
            var (account, channel, isSevere) = group.Key;
            var preference = channel == AlarmChannel.Robot ? null : await db.Preferences.AsNoTracking().SingleOrDefaultAsync(wants => wants.Account == account, stop);
            if (preference is not null && !isSevere && preference.IsQuiet(TimeOnly.FromDateTime(calendar.Local(now).DateTime))) continue;
            var (to, wanted) = (await FindAsync(preference, account, channel, stop), group.ToList());
            if (to is not null && !await quota.IsFreeAsync(account, channel, isSevere, now, stop)) continue;
            // Whoever does not want to be told this way any more was not.
            if (to is null) db.Context.RemoveRange(wanted);
            else sent += Note(wanted, post.Send(to, [.. wanted.Select(receipt => alarms[receipt.Alarm]).DistinctBy(alarm => alarm.Number)]), now);
            await db.Context.SaveAsync(stop);
        }

        return sent;
    }

    private async Task<Recipient?> FindAsync(AlarmPreference? preference, Guid id, AlarmChannel channel, CancellationToken stop)
    {
        if (preference is not null) return Recipient.Of(preference, AlarmSeverity.Severe, fields).FirstOrDefault(way => way.Channel == channel);
        return await db.Robots.AsNoTracking().SingleOrDefaultAsync(robot => robot.Id == id, stop) is { } robot && channel == AlarmChannel.Robot ? Recipient.Of(robot, AlarmSeverity.Severe, fields).Single() : null;
    }

    private static int Note(List<AlarmReceipt> receipts, Guid message, DateTimeOffset now)
    {
        foreach (var receipt in receipts) (receipt.Message, receipt.At) = (message, now);
        return 1;
    }
}

/// <summary>Looks every few seconds.</summary>
internal sealed partial class DigestClockwork(IServiceScopeFactory scopes, IOptions<AlarmsOptions> options, TimeProvider clock, ILogger<DigestClockwork> logger) : BackgroundService
{
    /// <summary>One look; how many digests were written.</summary>
    public async Task<int> RunOnceAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return await scope.ServiceProvider.GetRequiredService<SendDigests>().RunAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.DigestInterval, clock);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "What was held back of alarms could not be sent; it is tried again")]
    private partial void LogFailed(Exception failed);
}
