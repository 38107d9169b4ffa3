using Anlan.Alarms.Board;
using Anlan.Alarms.Rosters;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Events;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Delivery;

/// <summary>An alarm is to be told to a level; saved with the alarm itself, so that no crash between the two loses it.</summary>
/// <param name="Number">The alarm.</param>
/// <param name="Level">The level.</param>
internal sealed record AlarmToTell(long Number, int Level) : IDomainEvent
{
    public string Subject => "alarm/" + Number;
}

/// <summary>
/// Tells both sides at once, and a higher level when nobody took it over: receipts and messages are one commit, the entry in the log is written once. Of an office those on duty are told; all of it where
/// nobody is planned, or where those on duty did not take it over. Whoever is told by message has said so in the preferences; the pages show it to everybody who reaches it.
/// </summary>
internal sealed class PushAlarm(AlarmsDb db, HotLog log, IStaff staff, DutyRoster roster, AlarmPost post, MessageQuota quota, PersonalFields fields, CityCalendar calendar, TimeProvider clock) : IEventSubscriber<AlarmToTell>
{
    public async Task HandleAsync(AlarmToTell happened, Guid eventId, CancellationToken stop)
    {
        if (await db.Alarms.AsNoTracking().SingleOrDefaultAsync(alarm => alarm.Number == happened.Number, stop) is not { } alarm) return;
        var now = clock.GetUtcNow();
        var meant = await ChooseAsync(alarm, happened.Level, now, stop);
        foreach (var member in meant) Note(alarm, happened.Level, member.Account, AlarmChannel.Desk, null, now);
        var sent = 0;
        // What has ended meanwhile is nothing that anybody has to be called for.
        foreach (var way in alarm.IsOpen ? await WaysAsync(alarm, happened.Level, meant, stop) : [])
        {
            var message = await IsFreeAsync(way.To, way.IsQuiet, alarm, now, stop) ? post.Send(way.To, [alarm]) : (Guid?)null;
            Note(alarm, happened.Level, way.To.Id, way.To.Channel, message, now);
            if (message is not null) sent++;
        }

        var toEnterprise = meant.Count(member => member.Level == 0);
        var body = new PushBody(alarm.Number, happened.Level, alarm.Kind, alarm.Severity, alarm.Subject, alarm.Name, alarm.Enterprise?.Value, alarm.Division?.Value, toEnterprise, meant.Count - toEnterprise, sent);
        await db.Context.SaveAsync(stop);
        await log.AppendAsync(body.Draft(now), stop);
    }

    private async Task<List<StaffMember>> ChooseAsync(Alarm alarm, int level, DateTimeOffset now, CancellationToken stop)
    {
        var told = await db.Receipts.AsNoTracking().Where(receipt => receipt.Alarm == alarm.Number && receipt.Channel == AlarmChannel.Desk).Select(receipt => receipt.Account).ToListAsync(stop);
        return [.. staff.Holding(AlarmsPermissions.Handle, alarm.Anchor).Where(member => IsMeant(alarm, member, level)).GroupBy(member => member.Office).SelectMany(office =>
        {
            var duty = roster.At(office.Key, now);
            var onDuty = office.Where(member => duty.Contains(member.Account)).ToList();
            return onDuty.Count == 0 || onDuty.TrueForAll(member => told.Contains(member.Account)) ? office : onDuty.AsEnumerable();
        })];
    }

    // At first the enterprise and the station next to it; a higher level when nobody took it over. What belongs to nobody is for whoever runs the installation.
    private static bool IsMeant(Alarm alarm, StaffMember member, int level) => (alarm.Enterprise is null && alarm.Division is null) || member.Level == level || (level == 0 && member.Level == 1);

    private async Task<List<(Recipient To, bool IsQuiet)>> WaysAsync(Alarm alarm, int level, List<StaffMember> meant, CancellationToken stop)
    {
        var (accounts, hour) = (meant.ConvertAll(member => member.Account), TimeOnly.FromDateTime(calendar.Local(clock.GetUtcNow()).DateTime));
        var preferences = await db.Preferences.AsNoTracking().Where(preference => accounts.Contains(preference.Account)).ToListAsync(stop);
        var offices = meant.ConvertAll(member => member.Office).ToHashSet();
        // A group of the enterprise is told although nobody of it has an account.
        if (level == 0 && alarm.Enterprise is { } enterprise) offices.Add(new Office(null, enterprise.Value));
        var robots = await db.Robots.AsNoTracking().ToListAsync(stop);
        return
        [
            .. preferences.SelectMany(wants => Recipient.Of(wants, alarm.Severity, fields).Select(to => (to, wants.IsQuiet(hour)))),
            .. robots.Where(robot => offices.Contains(OfficeReach.OfficeOf(robot))).SelectMany(robot => Recipient.Of(robot, alarm.Severity, fields).Select(to => (to, false))),
        ];
    }

    private async Task<bool> IsFreeAsync(Recipient to, bool isQuiet, Alarm alarm, DateTimeOffset now, CancellationToken stop)
    {
        var isSevere = MessageQuota.IsSevere(to.Channel, alarm.Severity);
        if (isQuiet && !isSevere) return false;
        return !await quota.IsHoldingAsync(to.Id, to.Channel, isSevere, stop) && await quota.IsFreeAsync(to.Id, to.Channel, isSevere, now, stop);
    }

    private void Note(Alarm alarm, int level, Guid account, AlarmChannel channel, Guid? message, DateTimeOffset at) =>
        db.Receipts.Add(new AlarmReceipt { Id = Guid.CreateVersion7(at), Alarm = alarm.Number, Level = level, Account = account, Channel = channel, At = at, Message = message });
}
