using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Factors;

/// <summary>What a second factor is.</summary>
internal enum FactorKind
{
    /// <summary>An app that shows codes (RFC 6238).</summary>
    Authenticator,
    /// <summary>A key pair of a phone, a computer or a security key (WebAuthn).</summary>
    Passkey,
}

/// <summary>What somebody has beside the password: an authenticator app or a passkey. Removed for good when its owner removes it.</summary>
[Scoped(ScopedBy.Own)]
internal sealed class Factor : IVersioned, ISealed<Factor>
{
    public static Sealing<Factor> Sealing { get; } = new Sealing<Factor>(factor => $"accounts.factor/{factor.Id}").Column(f => f.Secret, "secret");

    /// <summary>Longest name that an owner may give.</summary>
    public const int LongestName = 40;

    public Guid Id { get; set; }

    public Guid Account { get; set; }

    public FactorKind Kind { get; set; }

    /// <summary>Its owner's name for it.</summary>
    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Secret of an authenticator, sealed with a key outside the database.</summary>
    public byte[]? Secret { get; set; }

    /// <summary>The newest time step whose code was used: none serves twice, not even when the clock is set back.</summary>
    public long LastStep { get; set; }

    /// <summary>The passkey's own id.</summary>
    [PlainBytes]
    public byte[]? CredentialId { get; set; }

    [PlainBytes]
    public byte[]? PublicKey { get; set; }

    /// <summary>How often the passkey says it signed; a copy betrays itself by counting from an older number.</summary>
    public long SignCount { get; set; }

    /// <summary>How browsers reach it, separated by blanks.</summary>
    public string? Transports { get; set; }

    public bool IsUserVerified { get; set; }

    public bool IsBackupEligible { get; set; }

    public bool IsBackedUp { get; set; }

    public int Version { get; set; }

    /// <summary>The passkey as Identity wants it; attestation is not asked for and therefore not kept.</summary>
    public UserPasskeyInfo ToPasskey() =>
        new(CredentialId!, PublicKey!, CreatedAt, (uint)SignCount, Transports?.Split(' ', StringSplitOptions.RemoveEmptyEntries), IsUserVerified, IsBackupEligible, IsBackedUp, [], []) { Name = Name };

    /// <summary>Takes over what the passkey told.</summary>
    public void Take(UserPasskeyInfo passkey)
    {
        (CredentialId, PublicKey, SignCount) = (passkey.CredentialId, passkey.PublicKey, passkey.SignCount);
        (IsUserVerified, IsBackupEligible, IsBackedUp) = (passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp);
        Transports = passkey.Transports is { Length: > 0 } transports ? string.Join(' ', transports) : null;
    }
}

internal sealed class FactorMapping : IEntityTypeConfiguration<Factor>
{
    public void Configure(EntityTypeBuilder<Factor> builder)
    {
        builder.ToTable("accounts_factors");
        builder.Property(f => f.Name).HasMaxLength(Factor.LongestName);
        builder.Property(f => f.Secret).HasMaxLength(200);
        builder.Property(f => f.CredentialId).HasMaxLength(1_023);
        builder.Property(f => f.PublicKey).HasMaxLength(2_000);
        builder.Property(f => f.Transports).HasMaxLength(100);
        builder.HasIndex(f => f.Account);
        builder.HasIndex(f => f.CredentialId).IsUnique();
    }
}
