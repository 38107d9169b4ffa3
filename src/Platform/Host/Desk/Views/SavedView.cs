using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Host.Desk.Views;

/// <summary>A list's search, filters and order under a name: somebody's own, or lent to the colleagues of the same organ or enterprise.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class SavedView : IVersioned
{
    public const int LongestName = 40;
    public const int LongestQuery = 400;
    public const int LongestPage = 100;

    /// <summary>More than this many on one list are no help in finding anything.</summary>
    public const int MostOnAPage = 30;

    public Guid Id { get; set; }

    public Guid Account { get; set; }

    /// <summary>Address of the list, without its query.</summary>
    public required string Page { get; set; }

    public required string Name { get; set; }

    /// <summary>Search, filters and order as they stand in the address, without the leading question mark.</summary>
    public required string Query { get; set; }

    /// <summary>The organ whose staff see it too, or null.</summary>
    public OrganId? SharedWithOrgan { get; set; }

    /// <summary>The enterprise whose staff see it too, or null.</summary>
    public EnterpriseId? SharedWithEnterprise { get; set; }

    /// <summary>True for the one with which its owner's list opens.</summary>
    public bool IsDefault { get; set; }

    public int Version { get; set; }

    public bool IsShared => SharedWithOrgan is not null || SharedWithEnterprise is not null;

    /// <summary>Lends it to the owner's colleagues, or keeps it to the owner.</summary>
    public void Share(bool isShared, Actor owner)
    {
        SharedWithOrgan = isShared && owner.Organ is { } organ ? new OrganId(organ) : null;
        SharedWithEnterprise = isShared && owner.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null;
    }

    /// <summary>What stands against a name, or null.</summary>
    public static Refusal? CheckName(string? name) => name?.Trim() switch
    {
        null or "" => Refusal.OfField("name", "ViewNameMissing"),
        { Length: > LongestName } tooLong => Refusal.OfField("name", "ViewNameTooLong") with { Measured = FactValue.Count(tooLong.Length), Limit = FactValue.Count(LongestName) },
        _ => null,
    };

    /// <summary>What stands against sharing, or null: whoever has no colleagues in the platform shares with nobody.</summary>
    public static Refusal? CheckSharing(bool isShared, Actor owner) => isShared && owner is { Organ: null, Enterprise: null } ? Refusal.OfField("isShared", "ViewWithoutColleagues") : null;
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("desk_saved_views");
        builder.Property(v => v.Page).HasMaxLength(SavedView.LongestPage);
        builder.Property(v => v.Name).HasMaxLength(SavedView.LongestName);
        builder.Property(v => v.Query).HasMaxLength(SavedView.LongestQuery);
        builder.Ignore(v => v.IsShared);
        builder.HasIndex(v => new { v.Account, v.Page, v.Name }).IsUnique();
        builder.HasIndex(v => new { v.SharedWithOrgan, v.Page });
        builder.HasIndex(v => new { v.SharedWithEnterprise, v.Page });
    }
}
