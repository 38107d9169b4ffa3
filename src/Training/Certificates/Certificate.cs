using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Training.Certificates;

/// <summary>An operator certificate. A renewed one is the same certificate with new dates; its history tells of the old ones.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Certificate : IVersioned, ISealed<Certificate>, IConcerns
{
    public static Sealing<Certificate> Sealing { get; } = new Sealing<Certificate>(certificate => $"training.certificate/{certificate.Id}")
        .Column(c => c.Number, "number").Index(c => c.NumberIndex, c => c.Number, "training.certificate.number", CertificateNumber.Normalise);

    public Guid Id { get; set; }

    public PersonId Person { get; set; }

    /// <summary>Sealed: it usually holds the identity number.</summary>
    public required byte[] Number { get; set; }

    /// <summary>Keyed hash of the number.</summary>
    public required string NumberIndex { get; set; }

    public required string Category { get; set; }

    public required string SubItem { get; set; }

    public DateOnly IssuedOn { get; set; }

    /// <summary>Day by which the next review is due; null when none is. A passed review moves or clears it.</summary>
    public DateOnly? ReviewDueOn { get; set; }

    public DateOnly? ReviewedOn { get; set; }

    /// <summary>Last day of validity.</summary>
    public DateOnly ExpiresOn { get; set; }

    public string? Authority { get; set; }

    public DateOnly? RevokedOn { get; set; }

    public string? RevokeReason { get; set; }

    /// <summary>When the end of its validity was told to other modules; null while it carries work.</summary>
    public DateTimeOffset? LapseToldAt { get; set; }

    /// <summary>The end, or the review, of which its holder was reminded; null before the first reminder. Other days arm the reminder again.</summary>
    public DateOnly? RemindedOf { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    public int Version { get; set; }

    public IEnumerable<Concern> Concerns() => [new(Concern.Person, Person.Value)];

    public CertificateDates Dates => new(IssuedOn, ReviewDueOn, ReviewedOn, ExpiresOn);
}

internal sealed class CertificateMapping : IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("training_certificates");
        builder.Ignore(c => c.Dates);
        builder.Property(c => c.NumberIndex).HasMaxLength(PersonalFields.IndexLength);
        builder.Property(c => c.Category).HasMaxLength(40);
        builder.Property(c => c.SubItem).HasMaxLength(40);
        builder.Property(c => c.Authority).HasMaxLength(CertificateFields.LongestAuthority);
        builder.Property(c => c.RevokeReason).HasMaxLength(CertificateFields.LongestReason);
        builder.HasIndex(c => c.Person);
        // After a revocation the same certificate may be earned anew.
        builder.HasIndex(c => new { c.NumberIndex, c.Category, c.SubItem }).IsUnique().HasFilter("\"RevokedOn\" IS NULL");
    }
}
