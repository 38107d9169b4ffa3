using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Security;

namespace Anlan.Alarms.Delivery;

/// <summary>Somebody, or a group, by one way beside the pages.</summary>
/// <param name="Id">The account, or the robot.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Address">Opened for as long as it takes to write the message.</param>
internal sealed record Recipient(Guid Id, AlarmChannel Channel, string Address)
{
    /// <summary>The ways by which somebody wants to be told of this severity.</summary>
    public static IEnumerable<Recipient> Of(AlarmPreference wants, AlarmSeverity severity, PersonalFields fields)
    {
        if (wants.Mobile is not null && severity >= wants.TextFrom) yield return new Recipient(wants.Account, AlarmChannel.Text, AlarmPreference.Sealing.Open(fields, wants, "mobile"));
        if (wants.Mail is not null && severity >= wants.MailFrom) yield return new Recipient(wants.Account, AlarmChannel.Mail, AlarmPreference.Sealing.Open(fields, wants, "mail"));
    }

    /// <summary>A group, where it is told of this severity.</summary>
    public static IEnumerable<Recipient> Of(AlarmRobot robot, AlarmSeverity severity, PersonalFields fields)
    {
        if (severity >= robot.From) yield return new Recipient(robot.Id, AlarmChannel.Robot, AlarmRobot.Sealing.Open(fields, robot, "address"));
    }
}
