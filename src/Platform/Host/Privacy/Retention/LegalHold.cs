using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Host.Privacy.Retention;

/// <summary>Whose records a hold keeps.</summary>
public enum HoldKind
{
    /// <summary>A person's.</summary>
    Person,

    /// <summary>An enterprise's.</summary>
    Enterprise,
}

/// <summary>While a case is open, nothing of a person or an enterprise is deleted or erased.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class LegalHold : IVersioned
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose.</summary>
    public HoldKind Kind { get; set; }

    /// <summary>The person or the enterprise.</summary>
    public Guid Subject { get; set; }

    /// <summary>Why; a file number rather than a name.</summary>
    public required string Reason { get; set; }

    /// <summary>When it was set.</summary>
    public DateTimeOffset SetAt { get; set; }

    /// <summary>By which account.</summary>
    public Guid SetBy { get; set; }

    /// <summary>When it was lifted; null while it holds.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <summary>What is held now.</summary>
    public static async Task<Held> NowAsync(AnlanDb db, CancellationToken stop)
    {
        var holds = await db.Set<LegalHold>().AsNoTracking().Where(h => h.ReleasedAt == null).ToListAsync(stop);
        return new Held([.. holds.Where(h => h.Kind == HoldKind.Person).Select(h => h.Subject)], [.. holds.Where(h => h.Kind == HoldKind.Enterprise).Select(h => h.Subject)]);
    }
}

internal sealed class LegalHoldMapping : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("platform_holds");
        builder.Property(h => h.Reason).HasMaxLength(Host.Reason.Longest);
        // Held twice at once would be lifted once and hold for ever.
        builder.HasIndex(h => h.Subject).IsUnique().HasFilter("\"ReleasedAt\" IS NULL");
    }
}
