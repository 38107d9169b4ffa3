using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts.Invitations;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Factors;

/// <summary>One of the codes that let an owner in who has lost every other factor; shown once, kept as a keyed hash, good for one sign-in.</summary>
[Scoped(ScopedBy.Own)]
internal sealed class RecoveryCode : IVersioned
{
    /// <summary>How many are made at a time.</summary>
    public const int Count = 10;

    public Guid Id { get; set; }

    public Guid Account { get; set; }

    public required string CodeHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public int Version { get; set; }

    /// <summary>A new code in plain, made like those of invitations: 47 bits without look-alikes.</summary>
    public static string Make() => InvitationCode.Make();

    /// <summary>Keyed with a key outside the database and bound to the account.</summary>
    public static string Hash(PersonalFields fields, Guid account, string? code) => InvitationCode.Hash(fields, account, code, "recovery");

    /// <summary>True when the hash is this code's; takes as long whether or not.</summary>
    public bool Is(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(CodeHash));
}

internal sealed class RecoveryCodeMapping : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("accounts_recovery_codes");
        builder.Property(c => c.CodeHash).HasMaxLength(64);
        builder.HasIndex(c => c.Account);
    }
}
