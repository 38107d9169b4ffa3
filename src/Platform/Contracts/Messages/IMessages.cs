namespace Anlan.Contracts.Messages;

/// <summary>
/// Asks for messages to people outside the platform. A message is a row in the caller's own unit of work: it exists exactly when its cause was
/// saved. Who sends it, when and how often it was tried is shown under 外发消息.
/// </summary>
public interface IMessages
{
    /// <summary>A text message, written with the caller's next save.</summary>
    /// <param name="phone">A mobile number; it is sealed in the database.</param>
    /// <param name="text">What is said; sealed, too. Never a code or a password: telephones are read by others.</param>
    /// <param name="cause">Why.</param>
    /// <returns>Its id, for asking what became of it.</returns>
    Guid SendText(string phone, string text, MessageCause cause);

    /// <summary>An e-mail, written with the caller's next save.</summary>
    /// <param name="address">The address; it is sealed in the database.</param>
    /// <param name="title">Its subject line.</param>
    /// <param name="text">What is said, as plain text.</param>
    /// <param name="cause">Why.</param>
    /// <returns>Its id, for asking what became of it.</returns>
    Guid SendMail(string address, string title, string text, MessageCause cause);

    /// <summary>A message into a group, written with the caller's next save.</summary>
    /// <param name="robot">The robot's webhook and secret as one text; it is sealed in the database.</param>
    /// <param name="text">What is said, as plain text.</param>
    /// <param name="cause">Why.</param>
    /// <returns>Its id, for asking what became of it.</returns>
    Guid SendRobot(string robot, string text, MessageCause cause);
}

/// <summary>Why a message is sent.</summary>
/// <param name="Key">For example <c>accounts.invited</c>; its name on screens is <c>Messages.Cause.</c> and the key.</param>
/// <param name="Subject">What it is about, for example <c>invitation/…</c>.</param>
/// <param name="Person">Who gets it, or null when that is no person of the register.</param>
/// <param name="Lifetime">How long it is worth being sent; afterwards it expires instead.</param>
public sealed record MessageCause(string Key, string Subject, Guid? Person, TimeSpan Lifetime);
