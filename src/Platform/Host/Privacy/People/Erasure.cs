using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Host.Privacy.People;

/// <summary>On what an erasure rests (personal information protection law, article 47).</summary>
public enum ErasureGround
{
    /// <summary>The purpose is achieved, cannot be achieved or needs the data no more (47, 1).</summary>
    PurposeServed,

    /// <summary>The service has ended or the term of keeping is over (47, 2).</summary>
    TermOver,

    /// <summary>The person withdrew consent (47, 3).</summary>
    ConsentWithdrawn,

    /// <summary>The data were kept against the law or an agreement (47, 4).</summary>
    Unlawful,
}

/// <summary>An erasure: asked for, then carried out. It stays as the receipt and names nobody; once carried out it cannot be changed.</summary>
[Scoped(ScopedBy.Records)]
public sealed class Erasure : IVersioned
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>The person; a pseudonym afterwards.</summary>
    public Guid Person { get; set; }

    /// <summary>On what it rests.</summary>
    public ErasureGround Ground { get; set; }

    /// <summary>Why; without names.</summary>
    public required string Reason { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>By which account.</summary>
    public Guid AskedBy { get; set; }

    /// <summary>When it was carried out; null while it waits.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>By which account.</summary>
    public Guid? DoneBy { get; set; }

    /// <summary>JSON of what was erased and what stayed; null while it waits.</summary>
    public string? Lines { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("platform_erasures");
        builder.Property(e => e.Reason).HasMaxLength(Host.Reason.Longest);
        builder.HasIndex(e => e.Person).IsUnique();
    }
}
