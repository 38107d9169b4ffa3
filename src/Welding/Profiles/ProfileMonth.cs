using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Profiles;

/// <summary>A subject's profile in a month: of the running month as it stands, of past ones as it stood last. Worked out by <see cref="ProfileDesk"/> only.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class ProfileMonth
{
    public ProfileSubject Subject { get; set; }

    /// <summary>Enterprise, person or machine.</summary>
    public Guid Of { get; set; }

    /// <summary>First day of the month in the city.</summary>
    public DateOnly Month { get; set; }

    /// <summary>When the month ends, from which its term runs.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>0 to 100; null when no dimension has records.</summary>
    public double? Score { get; set; }

    /// <summary>Array of <see cref="ScoredDimension"/>, JSON.</summary>
    public required string Dimensions { get; set; }

    /// <summary>Version of the formula.</summary>
    public required string Formula { get; set; }

    /// <summary>County and class: whoever has the same is a peer; null for a subject that is nowhere.</summary>
    public string? Peers { get; set; }
}

internal sealed class ProfileMonthMapping : IEntityTypeConfiguration<ProfileMonth>
{
    public void Configure(EntityTypeBuilder<ProfileMonth> builder)
    {
        builder.ToTable("welding_profiles");
        builder.HasKey(p => new { p.Subject, p.Of, p.Month });
        builder.Property(p => p.Formula).HasMaxLength(40);
        builder.Property(p => p.Peers).HasMaxLength(40);
        builder.HasIndex(p => new { p.Subject, p.Month, p.Peers });
        builder.HasIndex(p => p.EndsAt);
    }
}
