using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Host.Privacy.Retention;

/// <summary>The last night's work on one kind of records.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class RetentionRun
{
    /// <summary>Key of the kind.</summary>
    public required string Kind { get; set; }

    /// <summary>The day of the city for which it was done.</summary>
    public DateOnly Day { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How many rows went.</summary>
    public int Deleted { get; set; }
}

internal sealed class RetentionRunMapping : IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RetentionRun> builder)
    {
        builder.ToTable("platform_retention_runs");
        builder.HasKey(r => r.Kind);
        builder.Property(r => r.Kind).HasMaxLength(40);
    }
}
