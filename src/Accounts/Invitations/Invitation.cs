using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Invitations;

/// <summary>Lets one person make an account, or set a new password and PIN for an existing one, with a one-time code.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Invitation : IVersioned
{
    /// <summary>How long a code can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public Guid Id { get; set; }

    public required string Role { get; set; }

    public OrganId? Organ { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    /// <summary>The welder; null for other roles.</summary>
    public PersonId? Person { get; set; }

    /// <summary>Name on screens of the future account; null for welders.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The account to reset; null for a new one.</summary>
    public Guid? Account { get; set; }

    public required string CodeHash { get; set; }

    public Guid CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public FailureLock Lock { get; set; } = new();

    /// <summary>When it was used or replaced by a newer one.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public int Version { get; set; }

    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && now < ExpiresAt && !Lock.IsLocked(now);
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("accounts_invitations");
        builder.Property(i => i.Role).HasMaxLength(40);
        builder.Property(i => i.DisplayName).HasMaxLength(100);
        builder.Property(i => i.CodeHash).HasMaxLength(64);
        builder.ComplexProperty(i => i.Lock);
        builder.HasIndex(i => new { i.Person, i.CreatedAt });
        builder.HasIndex(i => i.Account);
    }
}
