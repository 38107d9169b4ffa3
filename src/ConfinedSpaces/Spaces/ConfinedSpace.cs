using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>A confined space of the ledger that an enterprise keeps (Order 13, art. 6): what it is, where, and what may hurt people in it.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class ConfinedSpace : IVersioned
{
    public SpaceId Id { get; set; }

    /// <summary>Number in the ledger; stands at the opening and in addresses, and stays for good.</summary>
    public required string Code { get; set; }

    public required string Name { get; set; }

    public SpaceKind Kind { get; set; }

    /// <summary>Keys of <see cref="SpaceHazards"/>; at least one, or it would be no confined space.</summary>
    public IReadOnlyList<string> Hazards { get; set; } = [];

    public EnterpriseId Enterprise { get; set; }

    public DivisionCode Division { get; set; }

    /// <summary>Where it lies, in words.</summary>
    public required string Site { get; set; }

    /// <summary>WGS-84; null together with the longitude when nobody measured it.</summary>
    public double? Latitude { get; set; }

    /// <summary>WGS-84.</summary>
    public double? Longitude { get; set; }

    /// <summary>Cubic metres, or null.</summary>
    public double? Volume { get; set; }

    /// <summary>Metres from the opening to the bottom, or null.</summary>
    public double? Depth { get; set; }

    /// <summary>Form and size of the opening, in words, or null.</summary>
    public string? Opening { get; set; }

    public RiskLevel Risk { get; set; }

    /// <summary>True when it is on the ministry's catalogue of spaces under special supervision (Order 13, art. 16).</summary>
    public bool IsCatalogued { get; set; }

    public AccessControl Access { get; set; }

    /// <summary>True when sign and notice board stand at the opening (Order 13, art. 11).</summary>
    public bool HasNoticeBoard { get; set; }

    /// <summary>Who answers for it, employed by the enterprise; null while nobody is named.</summary>
    public PersonId? Responsible { get; set; }

    /// <summary>Day on which somebody last compared the entry with the place; null before the first time.</summary>
    public DateOnly? LastReviewedOn { get; set; }

    public SpaceState State { get; set; }

    /// <summary>Why it is in this state; null until somebody changed it.</summary>
    public string? StateReason { get; set; }

    public DateTimeOffset StateChangedAt { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int Version { get; set; }
}

internal sealed class ConfinedSpaceMapping : IEntityTypeConfiguration<ConfinedSpace>
{
    public void Configure(EntityTypeBuilder<ConfinedSpace> builder)
    {
        builder.ToTable("confinedspaces_spaces");
        builder.Property(s => s.Code).HasMaxLength(40);
        builder.Property(s => s.Name).HasMaxLength(SpaceRules.MostName);
        builder.Property(s => s.Site).HasMaxLength(SpaceRules.MostSite);
        builder.Property(s => s.Opening).HasMaxLength(SpaceRules.MostOpening);
        builder.Property(s => s.StateReason).HasMaxLength(SpaceRules.MostReason);
        builder.Property(s => s.Hazards).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.HasIndex(s => s.Code).IsUnique();
        builder.HasIndex(s => s.Enterprise);
        builder.HasIndex(s => s.Division);
        builder.HasIndex(s => s.Responsible);
    }
}
