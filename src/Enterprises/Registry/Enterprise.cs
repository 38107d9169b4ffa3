using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Enterprises.Registry;

/// <summary>What an enterprise is.</summary>
internal enum EnterpriseKind
{
    /// <summary>A company or another organisation.</summary>
    Company,

    /// <summary>A self-employed person's business; may lack a credit code.</summary>
    SelfEmployed,
}

/// <summary>A company, or a self-employed person's business.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Enterprise : IVersioned, IPlaced<Enterprise>, IConcerns
{
    public static Placing<Enterprise> Placing { get; } = Placing<Enterprise>.By(e => e.Division, e => e.Id);

    public EnterpriseId Id { get; set; }

    public required string Name
    {
        get;
        set
        {
            field = value;
            SearchText = SearchTextOf(value, CreditCode);
        }
    }

    public string? CreditCode
    {
        get;
        set
        {
            field = value;
            SearchText = SearchTextOf(Name, value);
        }
    }

    /// <summary>Name and code in capitals: what lists are searched in, alike in every database.</summary>
    public string SearchText { get; private set; } = "";

    public EnterpriseKind Kind { get; set; }

    public DivisionCode Division { get; set; }

    public string? Address { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    /// <summary>Day of closing; nobody starts a machine for a closed enterprise, and nobody is bound to it any more.</summary>
    public DateOnly? ClosedOn { get; set; }

    public string? CloseReason { get; set; }

    public int Version { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Enterprise, Id.Value)];

    /// <summary>What is looked for when somebody types a text.</summary>
    public static string SearchTextOf(params ReadOnlySpan<string?> parts) => string.Join(' ', parts).ToUpperInvariant();
}

internal sealed class EnterpriseMapping : IEntityTypeConfiguration<Enterprise>
{
    public void Configure(EntityTypeBuilder<Enterprise> builder)
    {
        builder.ToTable("enterprises_enterprises");
        builder.Property(e => e.Name).HasMaxLength(EnterpriseFields.LongestName);
        builder.Property(e => e.CreditCode).HasMaxLength(CreditCode.Length);
        builder.Property(e => e.Address).HasMaxLength(EnterpriseFields.LongestAddress);
        builder.Property(e => e.CloseReason).HasMaxLength(200);
        builder.Property(e => e.SearchText).HasMaxLength(EnterpriseFields.LongestName + 1 + CreditCode.Length);
        // A town's list in its usual order, without looking at the city's nor at the rows before the page; and the city's list.
        builder.HasIndex(e => new { e.Division, e.Name, e.Id });
        builder.HasIndex(e => new { e.Name, e.Id });
        // Several businesses without a code may exist: unique indexes do not compare nulls.
        builder.HasIndex(e => e.CreditCode).IsUnique();
    }
}
