using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Organs;

/// <summary>An organ supervises a division, or one enterprise wherever it is, from a first to a last day. Ended, never deleted.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class SupervisionAssignment : IVersioned
{
    public const int LongestBasis = 300;

    public Guid Id { get; set; }

    public OrganId Organ { get; set; }

    /// <summary>Everything inside this division; null when it is over one enterprise.</summary>
    public DivisionCode? Division { get; set; }

    /// <summary>This enterprise; null when it is over a division.</summary>
    public EnterpriseId? Enterprise { get; set; }

    /// <summary>First day.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day, null while open. Before <see cref="From"/> when it was ended on its first day: then it is in force on no day.</summary>
    public DateOnly? To { get; set; }

    /// <summary>The document that ordered it.</summary>
    public required string Basis { get; set; }

    public Guid EnteredBy { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    /// <summary>When somebody ended it; null when it runs on or runs out by itself.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndReason { get; set; }

    public int Version { get; set; }
}

internal sealed class SupervisionAssignmentMapping : IEntityTypeConfiguration<SupervisionAssignment>
{
    public void Configure(EntityTypeBuilder<SupervisionAssignment> builder)
    {
        builder.ToTable("accounts_supervision_assignments");
        builder.Property(a => a.Basis).HasMaxLength(SupervisionAssignment.LongestBasis);
        builder.Property(a => a.EndReason).HasMaxLength(Reason.Longest);
        builder.HasIndex(a => new { a.Organ, a.From });
        builder.HasIndex(a => a.Enterprise);
        // Two clicks at once must not assign twice; overlaps of dated ones are refused by AssignSupervision.
        builder.HasIndex(a => new { a.Organ, a.Division }).IsUnique().HasFilter("\"To\" IS NULL AND \"Division\" IS NOT NULL").HasDatabaseName("IX_accounts_supervision_open_division");
        builder.HasIndex(a => new { a.Organ, a.Enterprise }).IsUnique().HasFilter("\"To\" IS NULL AND \"Enterprise\" IS NOT NULL").HasDatabaseName("IX_accounts_supervision_open_enterprise");
    }
}
