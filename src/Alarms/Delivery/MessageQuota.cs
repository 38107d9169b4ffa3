using Anlan.Alarms.Escalation;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Delivery;

/// <summary>
/// How many messages somebody gets: what is above that is held for a digest. The severe have a measure of their own, so that many small ones never hold one back. What a gateway that is away has
/// not taken counts however old it is: once it is back it gets a few messages and one digest instead of a flood.
/// </summary>
internal sealed class MessageQuota(AlarmsDb db, RuleBook book, CityCalendar calendar)
{
    /// <summary>True when the severe are counted apart here.</summary>
    public static bool IsSevere(AlarmChannel channel, AlarmSeverity severity) => channel != AlarmChannel.Robot && severity == AlarmSeverity.Severe;

    /// <summary>True when a message may be sent at this moment.</summary>
    public async Task<bool> IsFreeAsync(Guid recipient, AlarmChannel channel, bool isSevere, DateTimeOffset now, CancellationToken stop)
    {
        var asked = new RuleCase(calendar.DateOf(now)) { Subject = AlarmQuestions.SubjectOf(channel, isSevere) };
        var since = now - book.Demand(AlarmQuestions.MessagesWindow, asked).Span;
        var sent = await Receipts(recipient, channel, isSevere)
            .Where(receipt => receipt.Message != null && (receipt.At > since || db.Context.Set<OutgoingMessage>().Any(message => message.Id == receipt.Message && message.State == MessageState.Waiting)))
            .Select(receipt => receipt.Message).Distinct().CountAsync(stop);
        return sent < book.Demand(AlarmQuestions.MessagesMost, asked).Limit;
    }

    /// <summary>True when something waits for a digest: what comes now joins it.</summary>
    public Task<bool> IsHoldingAsync(Guid recipient, AlarmChannel channel, bool isSevere, CancellationToken stop) => Receipts(recipient, channel, isSevere).AnyAsync(receipt => receipt.Message == null, stop);

    private IQueryable<AlarmReceipt> Receipts(Guid recipient, AlarmChannel channel, bool isSevere)
    {
        var own = db.Receipts.AsNoTracking().Where(receipt => receipt.Account == recipient && receipt.Channel == channel);
        if (channel == AlarmChannel.Robot) return own;
        return isSevere
            ? own.Where(receipt => db.Alarms.Any(alarm => alarm.Number == receipt.Alarm && alarm.Severity == AlarmSeverity.Severe))
            : own.Where(receipt => db.Alarms.Any(alarm => alarm.Number == receipt.Alarm && alarm.Severity != AlarmSeverity.Severe));
    }
}
