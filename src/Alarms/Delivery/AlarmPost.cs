using System.Globalization;
using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Contracts.Messages;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Messages;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Delivery;

/// <summary>Writes the messages of alarms, one by one or as a digest, with the next save.</summary>
internal sealed class AlarmPost(IMessages messages, AlarmWords alarmWords, CityCalendar calendar, IStringLocalizer<Words> words)
{
    // A gateway may be away over a weekend; whoever was not told then is told afterwards.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Alarms as one message; its id.</summary>
    /// <param name="to">Who.</param>
    /// <param name="alarms">At least one; the newest and worst are named.</param>
    public Guid Send(Recipient to, IReadOnlyList<Alarm> alarms)
    {
        var worst = alarms.OrderByDescending(alarm => alarm.Severity).ThenByDescending(alarm => alarm.Number).First();
        var cause = new MessageCause("alarms.told", "alarm/" + worst.Number, null, Lifetime);
        var (title, text) = (MessageLanguage.Say(() => alarmWords.Say(worst)), MessageLanguage.Say(() => alarms.Count == 1 ? Single(worst) : Digest(worst, alarms)));
        return to.Channel switch
        {
            AlarmChannel.Text => messages.SendText(to.Address, text, cause),
            AlarmChannel.Mail => messages.SendMail(to.Address, title, text, cause),
            AlarmChannel.Robot => messages.SendRobot(to.Address, text, cause),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to.Channel, null),
        };
    }

    private string Single(Alarm alarm) => words["Message.Text", words["Severity." + alarm.Severity].Value, alarmWords.Say(alarm), alarm.Name, Hour(alarm), alarm.Number];

    private string Digest(Alarm worst, IReadOnlyList<Alarm> alarms) => words["Message.Digest", alarms.Count, alarms.Count(alarm => alarm.Severity == AlarmSeverity.Severe), alarms.Count(alarm => alarm.IsOpen), Hour(alarms.MinBy(alarm => alarm.RaisedAt)!), Single(worst)];

    private string Hour(Alarm alarm) => calendar.Local(alarm.RaisedAt).ToString("HH:mm", CultureInfo.InvariantCulture);
}
