using System.Text.Json;
using Anlan.Kernel.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Outbox;

/// <summary>An event that waits for its subscribers, saved in the transaction that made it true.</summary>
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

    /// <summary>Names of the subscribers that have taken it, separated by line feeds; the row goes when all have.</summary>
    public string TakenBy { get; set; } = "";

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried again before.</summary>
    public DateTimeOffset NotBefore { get; set; }

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
        builder.HasIndex(m => m.EventId).IsUnique();
    }
}
