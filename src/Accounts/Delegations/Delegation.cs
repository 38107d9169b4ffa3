using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Delegations;

/// <summary>A holder's own permissions in a colleague's hands, in writing, from a first to a last day.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Delegation : IVersioned
{
    public const int LongestNumber = 60;
    public const int LongestTitle = 100;
    public const int LongestText = 2_000;

    public Guid Id { get; set; }

    /// <summary>Who hands on.</summary>
    public Guid Holder { get; set; }

    /// <summary>Who acts instead.</summary>
    public Guid Delegate { get; set; }

    /// <summary>The organ of both, or null.</summary>
    public OrganId? Organ { get; set; }

    /// <summary>The enterprise of both, or null.</summary>
    public EnterpriseId? Enterprise { get; set; }

    public IReadOnlyList<string> Permissions { get; set; } = [];

    public DateOnly FirstDay { get; set; }

    public DateOnly LastDay { get; set; }

    /// <summary>Number of the written instrument.</summary>
    public required string Number { get; set; }

    public required string Title { get; set; }

    /// <summary>What the instrument says.</summary>
    public required string Text { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    /// <summary>When it was revoked, or ended because one of the two was disabled or changed role.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndReason { get; set; }

    public int Version { get; set; }
}

internal sealed class DelegationMapping : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("accounts_delegations");
        builder.Property(d => d.Permissions).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.Property(d => d.Number).HasMaxLength(Delegation.LongestNumber);
        builder.Property(d => d.Title).HasMaxLength(Delegation.LongestTitle);
        builder.Property(d => d.Text).HasMaxLength(Delegation.LongestText);
        builder.Property(d => d.EndReason).HasMaxLength(Reason.Longest);
        builder.HasIndex(d => d.Holder);
        builder.HasIndex(d => d.Delegate);
    }
}
