using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Personal;

/// <summary>Somebody saw data of people: one line for a look, however many people it showed. Only added and, after its term, removed; never changed.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class AccessRecord
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The account, or <see cref="Guid.Empty"/> for the platform itself.</summary>
    public Guid Account { get; set; }

    /// <summary>Name of the account at that time.</summary>
    public required string By { get; set; }

    /// <summary>Key of the <see cref="PersonalView"/>.</summary>
    public required string View { get; set; }

    /// <summary>What was shown.</summary>
    public PersonalField Fields { get; set; }

    /// <summary>True when it was shown in full, false when masked.</summary>
    public bool IsUnmasked { get; set; }

    /// <summary>The reason that was given for showing it in full, or null.</summary>
    public string? Reason { get; set; }

    /// <summary>How many people it showed.</summary>
    public int People { get; set; }
}

/// <summary>Whom an <see cref="AccessRecord"/> showed.</summary>
[Scoped(ScopedBy.Installation)]
public sealed class AccessedPerson
{
    /// <summary>The person; a pseudonym once they are erased.</summary>
    public Guid Person { get; set; }

    /// <summary>The <see cref="AccessRecord"/>.</summary>
    public Guid Access { get; set; }
}

internal sealed class AccessRecordMapping : IEntityTypeConfiguration<AccessRecord>
{
    public void Configure(EntityTypeBuilder<AccessRecord> builder)
    {
        builder.ToTable("platform_access");
        builder.Property(a => a.By).HasMaxLength(100);
        builder.Property(a => a.View).HasMaxLength(60);
        builder.Property(a => a.Fields).HasMaxLength(80);
        builder.Property(a => a.Reason).HasMaxLength(300);
        builder.HasIndex(a => new { a.At, a.Id });
        builder.HasIndex(a => new { a.By, a.At });
    }
}

internal sealed class AccessedPersonMapping : IEntityTypeConfiguration<AccessedPerson>
{
    public void Configure(EntityTypeBuilder<AccessedPerson> builder)
    {
        builder.ToTable("platform_access_people");
        builder.HasKey(p => new { p.Person, p.Access });
        builder.HasIndex(p => p.Access);
    }
}
