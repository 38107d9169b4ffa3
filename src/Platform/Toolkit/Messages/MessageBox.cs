using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;

namespace Anlan.Toolkit.Messages;

/// <summary>Writes messages into the unit of work of whoever causes them, and opens them again.</summary>
public sealed class MessageBox(AnlanDb db, PersonalFields fields, CurrentActor current, TimeProvider clock)
{
    /// <summary>Longest text in characters: ten parts of a long text message.</summary>
    public const int LongestText = 670;

    /// <summary>Adds a message to the next save.</summary>
    /// <exception cref="ArgumentException">The address cannot be one of the channel, or the text is empty or too long: a bug of the caller.</exception>
    public OutgoingMessage Add(MessageChannel channel, string address, string? title, string text, string cause, string subject, Guid? person, TimeSpan lifetime)
    {
        var (plain, now) = (MessageAddress.Normalise(address), clock.GetUtcNow());
        if (!MessageAddress.IsOf(channel, plain)) throw new ArgumentException($"No address for {channel}.", nameof(address));
        if (string.IsNullOrWhiteSpace(text) || (channel == MessageChannel.Text && text.Length > LongestText)) throw new ArgumentException($"A message has 1 to {LongestText} characters.", nameof(text));
        var message = new OutgoingMessage
        {
            Id = Guid.CreateVersion7(now),
            Channel = channel,
            Cause = cause,
            Subject = subject,
            Person = person,
            Address = [],
            AddressIndex = OutgoingMessage.Sealing.IndexOf(fields, nameof(OutgoingMessage.AddressIndex), plain),
            Text = [],
            MadeAt = now,
            MadeBy = current.OrNull?.Account ?? Guid.Empty,
            ExpiresAt = now + lifetime,
            NotBefore = now,
        };
        message.Address = OutgoingMessage.Sealing.Seal(fields, message, "address", plain);
        message.Text = OutgoingMessage.Sealing.Seal(fields, message, "text", text);
        message.Title = title is null ? null : OutgoingMessage.Sealing.Seal(fields, message, "title", title);
        db.Add(message);
        return message;
    }

    /// <summary>Opens a message.</summary>
    public PlainMessage Open(OutgoingMessage message) => new(
        message.Id, OutgoingMessage.Sealing.Open(fields, message, "address"), message.Title is null ? null : OutgoingMessage.Sealing.Open(fields, message, "title"), OutgoingMessage.Sealing.Open(fields, message, "text"));

    /// <summary>Indexes under which an address may be found.</summary>
    public IReadOnlyList<string> IndexesOf(string address) => OutgoingMessage.Sealing.IndexesOf(fields, nameof(OutgoingMessage.AddressIndex), address);
}
