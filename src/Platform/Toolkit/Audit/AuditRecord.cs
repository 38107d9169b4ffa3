using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Audit;

/// <summary>Who did what to what, when; written in the transaction of the change itself.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class AuditRecord
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The account, or <see cref="Guid.Empty"/> for the platform itself.</summary>
    public Guid Account { get; set; }

    /// <summary>The API key with which a program acted for the account, or null for a person.</summary>
    public Guid? Key { get; set; }

    /// <summary>The account whose handed-on permission was used, or null.</summary>
    public Guid? OnBehalfOf { get; set; }

    /// <summary>Dotted verb in the past tense.</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to.</summary>
    public required string Subject { get; set; }

    /// <summary>JSON of ids, codes and reasons, or null.</summary>
    public string? Details { get; set; }
}

internal sealed class AuditRecordMapping : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.ToTable("platform_audit");
        builder.Property(a => a.Action).HasMaxLength(80);
        builder.Property(a => a.Subject).HasMaxLength(80);
        builder.HasIndex(a => new { a.Subject, a.Id });
        builder.HasIndex(a => new { a.Account, a.At });
        builder.HasIndex(a => a.At);
    }
}
