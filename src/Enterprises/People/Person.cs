using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Enterprises.People;

/// <summary>A natural person. Every personal field is sealed (<see cref="PersonSeal"/>); the row without the key folder names nobody.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Person : IVersioned, ISealed<Person>
{
    public static Sealing<Person> Sealing { get; } = new Sealing<Person>(person => OwnerOf(person.Id))
        .Column(p => p.Name, "name").Column(p => p.IdentityNumber, "identity").Column(p => p.Phone, "phone").Column(p => p.Salt, "salt")
        .Index(p => p.IdentityIndex, p => p.IdentityNumber, "enterprises.person.identity", People.IdentityNumber.Normalise)
        .Index(p => p.NameIndex, p => p.Name, "enterprises.person.name", name => string.Concat(name.Where(c => !char.IsWhiteSpace(c))));

    public PersonId Id { get; set; }

    public required byte[] Name { get; set; }

    public required byte[] IdentityNumber { get; set; }

    public byte[]? Phone { get; set; }

    /// <summary>Sealed salt of the commitment over identity number and name; erased with the person.</summary>
    public required byte[] Salt { get; set; }

    /// <summary>Keyed hash of the identity number: one row per person.</summary>
    public required string IdentityIndex { get; set; }

    /// <summary>Keyed hash of the whole name, for searches; namesakes share it.</summary>
    public required string NameIndex { get; set; }

    /// <summary>The enterprise whose safety manager entered the person, or null.</summary>
    public EnterpriseId? EnteredFor { get; set; }

    /// <summary>The organ whose staff entered the person, or null.</summary>
    public OrganId? EnteredBy { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int Version { get; set; }

    // Bound to the person: bytes moved to another one no longer open.
    internal static string OwnerOf(PersonId person) => $"enterprises.person/{person.Value}";
}

/// <summary>A name that was corrected, sealed: commitments in older log entries were made over it.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class FormerName : ISealed<FormerName>
{
    public static Sealing<FormerName> Sealing { get; } = new Sealing<FormerName>(former => Anlan.Enterprises.People.Person.OwnerOf(former.Person)).Column(n => n.Name, "name");

    public Guid Id { get; set; }

    public PersonId Person { get; set; }

    public required byte[] Name { get; set; }

    public DateTimeOffset Until { get; set; }
}

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("enterprises_people");
        builder.Property(p => p.IdentityIndex).HasMaxLength(PersonalFields.IndexLength);
        builder.Property(p => p.NameIndex).HasMaxLength(PersonalFields.IndexLength);
        builder.HasIndex(p => p.IdentityIndex).IsUnique();
    }
}

internal sealed class FormerNameMapping : IEntityTypeConfiguration<FormerName>
{
    public void Configure(EntityTypeBuilder<FormerName> builder)
    {
        builder.ToTable("enterprises_former_names");
        builder.HasIndex(n => n.Person);
    }
}
