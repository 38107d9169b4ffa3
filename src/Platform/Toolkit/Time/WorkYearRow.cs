using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Time;

/// <summary>A year of holidays and make-up days that was imported; it takes the place of the year that the program brings along.</summary>
[Scoped(ScopedBy.Everybody)]
public sealed class WorkYearRow : IVersioned
{
    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>The days, as a file of them, see <see cref="WorkDayFile"/>.</summary>
    public required string Days { get; set; }

    /// <summary>Where they were published, in the words of whoever imported them.</summary>
    public required string Source { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset ImportedAt { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }
}

internal sealed class WorkYearRowMapping : IEntityTypeConfiguration<WorkYearRow>
{
    public void Configure(EntityTypeBuilder<WorkYearRow> builder)
    {
        builder.ToTable("work_years");
        builder.HasKey(year => year.Year);
        builder.Property(year => year.Year).ValueGeneratedNever();
        builder.Property(year => year.Source).HasMaxLength(200);
    }
}
