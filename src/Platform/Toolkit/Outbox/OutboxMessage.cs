using System.Text.Json;
using Anlan.Kernel.Events;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Outbox;

/// <summary>An event that waits for its subscribers, saved in the transaction that made it true.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class OutboxMessage
{
    /// <summary>Order of saving.</summary>
    public long Seq { get; set; }

    /// <summary>Id that subscribers remember.</summary>
    public Guid EventId { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Full name of the event record.</summary>
    public required string Type { get; set; }

    /// <summary>What it is about; order is kept within it.</summary>
    public required string Subject { get; set; }

    /// <summary>JSON of the event record.</summary>
    public required string Payload { get; set; }

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried again before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>What the last failed attempt said, for the administrator.</summary>
    public string? LastError { get; set; }

    /// <summary>When it was put aside after too many attempts; null while it is tried.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    internal static OutboxMessage Of<TEvent>(TEvent happened, DateTimeOffset at) where TEvent : IDomainEvent => new()
    {
        EventId = Guid.CreateVersion7(),
        At = at,
        Type = happened.GetType().FullName!,
        Subject = happened.Subject,
        Payload = JsonSerializer.Serialize(happened, happened.GetType(), JsonSerializerOptions.Web),
        NotBefore = at,
    };
}

internal sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("platform_outbox");
        builder.HasKey(m => m.Seq);
        builder.Property(m => m.Type).HasMaxLength(200);
        builder.Property(m => m.Subject).HasMaxLength(80);
        builder.Property(m => m.LastError).HasMaxLength(500);
        builder.HasIndex(m => m.EventId).IsUnique();
        builder.HasIndex(m => m.DeadAt);
    }
}

/// <summary>One subscriber has taken one event that still waits for others, or for being removed.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class OutboxTaking
{
    /// <summary>The event.</summary>
    public Guid EventId { get; set; }

    /// <summary>Name of the subscriber.</summary>
    public required string Subscriber { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class OutboxTakingMapping : IEntityTypeConfiguration<OutboxTaking>
{
    public void Configure(EntityTypeBuilder<OutboxTaking> builder)
    {
        builder.ToTable("platform_outbox_takings");
        builder.HasKey(t => new { t.EventId, t.Subscriber });
        builder.Property(t => t.Subscriber).HasMaxLength(200);
    }
}
