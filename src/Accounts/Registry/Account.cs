using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Registry;

/// <summary>
/// Who may sign in, in exactly one role: whoever holds two posts has two accounts, so that every record says in which capacity one acted.
/// </summary>
[Scoped(ScopedBy.Records)]
internal sealed class Account : IVersioned
{
    public Guid Id { get; set; }

    public string? UserName { get; set; }

    /// <summary>Upper case, unique: <c>Li</c> and <c>li</c> are one.</summary>
    public string? NormalizedUserName { get; set; }

    /// <summary>Name on screens for staff; null for welders, whose name lies with Enterprises and can be erased there.</summary>
    public string? DisplayName { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that must end open sessions and proofs.</summary>
    public string SecurityStamp { get; set; } = "";

    public required string Role { get; set; }

    /// <summary>For staff of an organ, and for installers who work for one.</summary>
    public OrganId? Organ { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    public PersonId? Person { get; set; }

    /// <summary>Hash over the PIN keyed with a key outside the database: six digits alone would fall to anyone who copies the table.</summary>
    public string? PinHash { get; set; }

    public FailureLock SignInLock { get; set; } = new();

    public FailureLock PinLock { get; set; } = new();

    /// <summary>Codes of authenticator apps, recovery codes and passkeys together.</summary>
    public FailureLock FactorLock { get; set; } = new();

    public bool IsDisabled { get; set; }

    /// <summary>A program's account: it has keys and nobody signs in with it.</summary>
    public bool IsService { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    public int Version { get; set; }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts_accounts");
        builder.Property(a => a.UserName).HasMaxLength(64).IsRequired();
        builder.Property(a => a.NormalizedUserName).HasMaxLength(64).IsRequired();
        builder.Property(a => a.DisplayName).HasMaxLength(100);
        builder.Property(a => a.PasswordHash).HasMaxLength(200);
        builder.Property(a => a.SecurityStamp).HasMaxLength(64);
        builder.Property(a => a.Role).HasMaxLength(40);
        builder.Property(a => a.PinHash).HasMaxLength(200);
        builder.ComplexProperty(a => a.SignInLock);
        builder.ComplexProperty(a => a.PinLock);
        builder.ComplexProperty(a => a.FactorLock);
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.HasIndex(a => a.Person).IsUnique();
    }
}
