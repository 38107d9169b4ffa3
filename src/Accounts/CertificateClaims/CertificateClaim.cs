using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>
/// A welder without a slip asked for an account with certificate, name and the end of the identity number. Nothing can be done with it before somebody of the enterprise has seen
/// the person: only then it becomes an account. The row goes with the decision, at its end, or with the person; the audit tells of it.
/// </summary>
[Scoped(ScopedBy.Records)]
internal sealed class CertificateClaim : IVersioned
{
    /// <summary>How long it waits.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>So many may wait for one person: a stranger cannot push the right one out with a single further claim.</summary>
    public const int MostOfPerson = 3;

    /// <summary>Of the claim and, once confirmed, of the account.</summary>
    public Guid Id { get; set; }

    public PersonId Person { get; set; }

    public required string UserName { get; set; }

    public required string PasswordHash { get; set; }

    public required string PinHash { get; set; }

    /// <summary>Keyed hash of the check code, which the welder shows to whoever confirms: it ties this claim to the person who stands there.</summary>
    public required string CodeHash { get; set; }

    public FailureLock Lock { get; set; } = new();

    public DateTimeOffset AskedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public int Version { get; set; }
}

internal sealed class CertificateClaimMapping : IEntityTypeConfiguration<CertificateClaim>
{
    public void Configure(EntityTypeBuilder<CertificateClaim> builder)
    {
        builder.ToTable("accounts_certificate_claims");
        builder.Property(c => c.UserName).HasMaxLength(64);
        builder.Property(c => c.PasswordHash).HasMaxLength(200);
        builder.Property(c => c.PinHash).HasMaxLength(200);
        builder.Property(c => c.CodeHash).HasMaxLength(64);
        builder.ComplexProperty(c => c.Lock);
        builder.HasIndex(c => c.Person);
        builder.HasIndex(c => c.ExpiresAt);
    }
}
