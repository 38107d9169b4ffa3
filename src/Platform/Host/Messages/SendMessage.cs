using Anlan.Contracts.Messages;
using Anlan.Toolkit.Messages;

namespace Anlan.Host.Messages;

/// <summary>Answers modules that want to tell somebody something.</summary>
internal sealed class SendMessage(MessageBox box) : IMessages
{
    public Guid SendText(string phone, string text, MessageCause cause) => box.Add(MessageChannel.Text, phone, null, text, cause.Key, cause.Subject, cause.Person, cause.Lifetime).Id;

    public Guid SendMail(string address, string title, string text, MessageCause cause) => box.Add(MessageChannel.Mail, address, title, text, cause.Key, cause.Subject, cause.Person, cause.Lifetime).Id;

    public Guid SendRobot(string robot, string text, MessageCause cause) => box.Add(MessageChannel.Robot, robot, null, text, cause.Key, cause.Subject, cause.Person, cause.Lifetime).Id;
}
