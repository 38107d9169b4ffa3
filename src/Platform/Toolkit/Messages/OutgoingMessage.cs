using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Messages;

/// <summary>By which way a message leaves.</summary>
public enum MessageChannel
{
    /// <summary>Text message to a mobile.</summary>
    Text,

    /// <summary>E-mail.</summary>
    Mail,

    /// <summary>Into a group, by its robot.</summary>
    Robot,
}

/// <summary>What became of a message.</summary>
public enum MessageState
{
    /// <summary>To be sent, or to be tried again.</summary>
    Waiting,

    /// <summary>The gateway took it.</summary>
    Sent,

    /// <summary>The gateway refused it too often; a person decides.</summary>
    Dead,

    /// <summary>It was no longer worth sending.</summary>
    Expired,

    /// <summary>A person called it off.</summary>
    Cancelled,
}

/// <summary>One message to somebody outside, saved in the transaction of its cause. Address and words are sealed.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class OutgoingMessage : IVersioned, ISealed<OutgoingMessage>
{
    /// <inheritdoc />
    public static Sealing<OutgoingMessage> Sealing { get; } = new Sealing<OutgoingMessage>(message => $"platform.message/{message.Id}")
        .Column(m => m.Address, "address").Column(m => m.Title, "title").Column(m => m.Text, "text")
        .Index(m => m.AddressIndex, m => m.Address, "platform.message.address", MessageAddress.Normalise);

    /// <summary>Sorts by time; the gateway gets it, too, so that it can recognise a message that comes twice.</summary>
    public Guid Id { get; set; }

    /// <summary>By which way.</summary>
    public MessageChannel Channel { get; set; }

    /// <summary>Key of the cause.</summary>
    public required string Cause { get; set; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; set; }

    /// <summary>Who gets it, when that is a person of the register.</summary>
    public Guid? Person { get; set; }

    /// <summary>Sealed address.</summary>
    public required byte[] Address { get; set; }

    /// <summary>Keyed hash of the address.</summary>
    public required string AddressIndex { get; set; }

    /// <summary>Sealed subject line of an e-mail.</summary>
    public byte[]? Title { get; set; }

    /// <summary>Sealed words.</summary>
    public required byte[] Text { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The account that caused it, or <see cref="Guid.Empty"/> for the platform itself.</summary>
    public Guid MadeBy { get; set; }

    /// <summary>Not sent any more from this moment on.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>What became of it.</summary>
    public MessageState State { get; set; }

    /// <summary>How often it was handed to the gateway.</summary>
    public int Attempts { get; set; }

    /// <summary>How often the gateway refused it since somebody last sent it again.</summary>
    public int Refusals { get; set; }

    /// <summary>When it left, died, expired or was called off.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <summary>Lets it be tried again.</summary>
    public void SendAgain(DateTimeOffset now, TimeSpan atLeast)
    {
        (State, Refusals, NotBefore, EndedAt) = (MessageState.Waiting, 0, now, null);
        if (ExpiresAt < now + atLeast) ExpiresAt = now + atLeast;
    }

    /// <summary>Ends it.</summary>
    public void End(MessageState state, DateTimeOffset at) => (State, EndedAt) = (state, at);
}

/// <summary>What one attempt came to.</summary>
public enum AttemptResult
{
    /// <summary>Handed over; the program ended before it heard the answer. The message may have arrived.</summary>
    Begun,

    /// <summary>The gateway took the message.</summary>
    Accepted,

    /// <summary>The gateway refused this message.</summary>
    Refused,

    /// <summary>The gateway could not be used at all; that is no fault of the message.</summary>
    Unreachable,
}

/// <summary>One attempt to send a message.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class MessageAttempt
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>The message.</summary>
    public Guid Message { get; set; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What it came to.</summary>
    public AttemptResult Result { get; set; }

    /// <summary>What the gateway said, without address, words and secrets; in its own language.</summary>
    public string? Said { get; set; }
}

internal sealed class OutgoingMessageMapping : IEntityTypeConfiguration<OutgoingMessage>
{
    public void Configure(EntityTypeBuilder<OutgoingMessage> builder)
    {
        builder.ToTable("platform_messages");
        builder.Property(m => m.Cause).HasMaxLength(80);
        builder.Property(m => m.Subject).HasMaxLength(80);
        builder.Property(m => m.AddressIndex).HasMaxLength(PersonalFields.IndexLength);
        builder.HasIndex(m => new { m.State, m.Channel, m.NotBefore });
        builder.HasIndex(m => m.AddressIndex);
        builder.HasIndex(m => m.Person);
    }
}

internal sealed class MessageAttemptMapping : IEntityTypeConfiguration<MessageAttempt>
{
    public void Configure(EntityTypeBuilder<MessageAttempt> builder)
    {
        builder.ToTable("platform_message_attempts");
        builder.Property(a => a.Said).HasMaxLength(MessageGatewayAnswer.LongestSaid);
        builder.HasIndex(a => new { a.Message, a.Id });
    }
}
