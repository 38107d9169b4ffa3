using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Messages;
using Anlan.Kernel.Events;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Delivery;

/// <summary>An alarm is to be told to a level; saved with the alarm itself, so that no crash between the two loses it.</summary>
/// <param name="Number">The alarm.</param>
/// <param name="Level">The level.</param>
internal sealed record AlarmToTell(long Number, int Level) : IDomainEvent
{
    public string Subject => "alarm/" + Number;
}

/// <summary>
/// Tells both sides at once, and a higher level when nobody took it over: receipts and messages are one commit, the entry in the log is written once. Whoever is told by message has said so
/// in the preferences; the pages show it to everybody who reaches it.
/// </summary>
internal sealed class PushAlarm(AlarmsDb db, HotLog log, IStaff staff, IMessages messages, PersonalFields fields, AlarmWords alarmWords, CityCalendar calendar, TimeProvider clock, IStringLocalizer<Words> words) : IEventSubscriber<AlarmToTell>
{
    // A gateway may be away over a weekend; whoever was not told then is told afterwards.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    public async Task HandleAsync(AlarmToTell happened, Guid eventId, CancellationToken stop)
    {
        if (await db.Alarms.AsNoTracking().SingleOrDefaultAsync(alarm => alarm.Number == happened.Number, stop) is not { } alarm) return;
        var meant = staff.Holding(AlarmsPermissions.Handle, alarm.Anchor).Where(member => IsMeant(alarm, member, happened.Level)).ToList();
        var ids = meant.ConvertAll(member => member.Account);
        var preferences = await db.Preferences.AsNoTracking().Where(preference => ids.Contains(preference.Account)).ToDictionaryAsync(preference => preference.Account, stop);
        var (now, sent) = (clock.GetUtcNow(), 0);
        foreach (var member in meant)
        {
            Note(alarm, happened.Level, member.Account, AlarmChannel.Desk, null, now);
            if (preferences.TryGetValue(member.Account, out var wants) && alarm.IsOpen) sent += Send(alarm, happened.Level, wants, now);
        }

        var toEnterprise = meant.Count(member => member.Level == 0);
        var body = new PushBody(alarm.Number, happened.Level, alarm.Kind, alarm.Severity, alarm.Subject, alarm.Name, alarm.Enterprise?.Value, alarm.Division?.Value, toEnterprise, meant.Count - toEnterprise, sent);
        await db.Context.SaveAsync(stop);
        await log.AppendAsync(body.Draft(now), stop);
    }

    // At first the enterprise and the station next to it; a higher level when nobody took it over. What belongs to nobody is for whoever runs the installation.
    private static bool IsMeant(Alarm alarm, StaffMember member, int level) => (alarm.Enterprise is null && alarm.Division is null) || member.Level == level || (level == 0 && member.Level == 1);

    private int Send(Alarm alarm, int level, AlarmPreference wants, DateTimeOffset now)
    {
        var (hour, sent) = (TimeOnly.FromDateTime(calendar.Local(now).DateTime), 0);
        var cause = new MessageCause("alarms.told", "alarm/" + alarm.Number, null, Lifetime);
        var text = MessageLanguage.Say(() => words["Message.Text", words["Severity." + alarm.Severity].Value, alarmWords.Say(alarm), alarm.Name, calendar.Local(alarm.RaisedAt).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), alarm.Number]);
        if (wants.Mobile is not null && wants.Wants(wants.TextFrom, alarm.Severity, hour))
        {
            Note(alarm, level, wants.Account, AlarmChannel.Text, messages.SendText(AlarmPreference.Sealing.Open(fields, wants, "mobile"), text, cause), now);
            sent++;
        }

        if (wants.Mail is not null && wants.Wants(wants.MailFrom, alarm.Severity, hour))
        {
            Note(alarm, level, wants.Account, AlarmChannel.Mail, messages.SendMail(AlarmPreference.Sealing.Open(fields, wants, "mail"), MessageLanguage.Say(() => alarmWords.Say(alarm)), text, cause), now);
            sent++;
        }

        return sent;
    }

    private void Note(Alarm alarm, int level, Guid account, AlarmChannel channel, Guid? message, DateTimeOffset at) =>
        db.Receipts.Add(new AlarmReceipt { Id = Guid.CreateVersion7(at), Alarm = alarm.Number, Level = level, Account = account, Channel = channel, At = at, Message = message });
}
