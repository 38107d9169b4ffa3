using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Host.Webhooks;

/// <summary>Another system that is told what happens. What it is signed with is sealed.</summary>
[Scoped(ScopedBy.Installation)]
internal sealed class Webhook : IVersioned, ISealed<Webhook>
{
    public const int LongestName = 60;
    public const int LongestAddress = 500;

    public static Sealing<Webhook> Sealing { get; } = new Sealing<Webhook>(webhook => $"platform.webhook/{webhook.Id}").Column(w => w.Secret, "secret");

    public Guid Id { get; set; }

    /// <summary>Whose system it is.</summary>
    public required string Name { get; set; }

    /// <summary>Where events are posted to.</summary>
    public required string Address { get; set; }

    /// <summary>Sealed; what the signature of each event is made with.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>Of which events it is told.</summary>
    public IReadOnlyList<string> Types { get; set; } = [];

    /// <summary>Only of what happens there; null = everywhere.</summary>
    public DivisionCode? Division { get; set; }

    /// <summary>Only of what happens at this enterprise; null = at all.</summary>
    public Guid? Enterprise { get; set; }

    public Guid MadeBy { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    /// <summary>Since when nothing is sent; null while it is told.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Why.</summary>
    public string? PauseReason { get; set; }

    public int Version { get; set; }

    /// <summary>True when it is to be told of this event.</summary>
    public bool Wants(WebhookEvent happened) =>
        Types.Contains(happened.Type) && (Division is not { } area || happened.Division?.IsWithin(area) == true) && (Enterprise is not { } enterprise || happened.Enterprise == enterprise);
}

/// <summary>How far a webhook has come; written by the sender alone.</summary>
[Scoped(ScopedBy.Installation)]
internal sealed class WebhookProgress
{
    public Guid Webhook { get; set; }

    /// <summary>Position of the last entry of the log that it is done with.</summary>
    public long Position { get; set; }

    /// <summary>Failed attempts at the event that is its turn.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Since when nothing arrives; null while it does.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>What the last failed attempt came to.</summary>
    public string? Said { get; set; }

    /// <summary>When an event last arrived.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>How many arrived.</summary>
    public long Arrived { get; set; }
}

/// <summary>An event that did not arrive and was put aside, for people to look at and to send again.</summary>
[Scoped(ScopedBy.Installation)]
internal sealed class WebhookDeadLetter
{
    /// <summary>Of one webhook so many are put aside at most; then its turn stays where it is, and the log keeps the rest.</summary>
    public const int Most = 10_000;

    public Guid Id { get; set; }

    public Guid Webhook { get; set; }

    /// <summary>Position of its entry in the log.</summary>
    public long Seq { get; set; }

    public required string Type { get; set; }

    public required string Subject { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The event as it was sent.</summary>
    public required string Body { get; set; }

    public int Attempts { get; set; }

    public required string Said { get; set; }

    public DateTimeOffset PutAsideAt { get; set; }

    /// <summary>True while a person wants it sent again.</summary>
    public bool IsAgain { get; set; }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookProgress>, IEntityTypeConfiguration<WebhookDeadLetter>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("platform_webhooks");
        builder.Property(w => w.Name).HasMaxLength(Webhook.LongestName);
        builder.Property(w => w.Address).HasMaxLength(Webhook.LongestAddress);
        builder.Property(w => w.PauseReason).HasMaxLength(Reason.Longest);
        builder.Property(w => w.Types).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.HasIndex(w => w.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<WebhookProgress> builder)
    {
        builder.ToTable("platform_webhook_progress");
        builder.HasKey(p => p.Webhook);
        builder.Property(p => p.Said).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<WebhookDeadLetter> builder)
    {
        builder.ToTable("platform_webhook_dead_letters");
        builder.Property(l => l.Type).HasMaxLength(80);
        builder.Property(l => l.Subject).HasMaxLength(80);
        builder.Property(l => l.Said).HasMaxLength(200);
        builder.HasIndex(l => new { l.Webhook, l.Seq }).IsUnique();
    }
}
