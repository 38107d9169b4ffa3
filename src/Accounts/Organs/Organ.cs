using Anlan.Contracts.Accounts;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Organs;

/// <summary>A bureau, committee, station or department. Closed, never deleted: records name it.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Organ : IVersioned
{
    public OrganId Id { get; set; }

    public OrganKind Kind { get; set; }

    public required string NameZh { get; set; }

    public required string NameEn { get; set; }

    /// <summary>The organ above it, which sees whatever this one supervises in the same line.</summary>
    public OrganId? Parent { get; set; }

    /// <summary>Where it sits; says nothing about what it supervises.</summary>
    public DivisionCode? Seat { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    public DateOnly? ClosedOn { get; set; }

    public string? CloseReason { get; set; }

    public int Version { get; set; }
}

internal sealed class OrganMapping : IEntityTypeConfiguration<Organ>
{
    public void Configure(EntityTypeBuilder<Organ> builder)
    {
        builder.ToTable("accounts_organs");
        builder.Property(o => o.NameZh).HasMaxLength(OrganFields.LongestName);
        builder.Property(o => o.NameEn).HasMaxLength(OrganFields.LongestName);
        builder.Property(o => o.CloseReason).HasMaxLength(Reason.Longest);
        builder.HasIndex(o => o.NameZh).IsUnique();
        builder.HasIndex(o => o.Parent);
    }
}
