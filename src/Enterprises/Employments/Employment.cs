using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Enterprises.Employments;

/// <summary>A person bound to an enterprise, from a first to a last day.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Employment : IVersioned, IConcerns
{
    public Guid Id { get; set; }

    public PersonId Person { get; set; }

    public EnterpriseId Enterprise { get; set; }

    public BindingKind Kind { get; set; }

    /// <summary>First day.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day, null while open. Before <see cref="From"/> when the binding was ended on its first day: then it is in force on no day.</summary>
    public DateOnly? To { get; set; }

    public DateTimeOffset BoundAt { get; set; }

    /// <summary>When somebody ended it before its time; null when it runs out by itself.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndReason { get; set; }

    /// <summary>When the end was told to other modules; null while the last day lies ahead or is open.</summary>
    public DateTimeOffset? EndToldAt { get; set; }

    public int Version { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Person, Person.Value), new(Concern.Enterprise, Enterprise.Value)];
}

internal sealed class EmploymentMapping : IEntityTypeConfiguration<Employment>
{
    public void Configure(EntityTypeBuilder<Employment> builder)
    {
        builder.ToTable("enterprises_employments");
        builder.Property(e => e.EndReason).HasMaxLength(Reason.Longest);
        builder.HasIndex(e => new { e.Person, e.From });
        builder.HasIndex(e => new { e.Enterprise, e.From });
        // Two clicks at once must not bind twice; overlaps of dated bindings are refused by EmploymentRules.
        builder.HasIndex(e => new { e.Person, e.Enterprise }).IsUnique().HasFilter("\"To\" IS NULL").HasDatabaseName("IX_enterprises_employments_open");
    }
}
