using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Sessions;

/// <summary>With what else than the password a session began.</summary>
internal enum FactorUsed
{
    /// <summary>The password alone.</summary>
    None,
    /// <summary>A code of an authenticator app.</summary>
    Authenticator,
    /// <summary>A passkey.</summary>
    Passkey,
    /// <summary>One of the printed recovery codes.</summary>
    RecoveryCode,
}

/// <summary>Why a session ended.</summary>
internal enum SessionEnd
{
    /// <summary>Its owner signed out here.</summary>
    SignedOut,
    /// <summary>Its owner ended it from another device.</summary>
    EndedByOwner,
    /// <summary>Somebody who may ended it.</summary>
    EndedByOther,
    /// <summary>Nobody used it.</summary>
    Idle,
    /// <summary>It had lasted as long as one may.</summary>
    TooLong,
    /// <summary>Password, factors or standing changed.</summary>
    CredentialsChanged,
    /// <summary>The account signed in so often elsewhere that this one, unused for longest, made room.</summary>
    TooMany,
}

/// <summary>One browser or client that is signed in, from sign-in to its end.</summary>
[Scoped(ScopedBy.Own)]
internal sealed class SignInSession : IVersioned
{
    public Guid Id { get; set; }

    public Guid Account { get; set; }

    /// <summary>The account's stamp at which it holds: another one, and the session is worthless.</summary>
    public required string Stamp { get; set; }

    public FactorUsed Factor { get; set; }

    public DateTimeOffset BegunAt { get; set; }

    /// <summary>To the minute, written in batches (<see cref="SessionClockwork"/>); memory knows it better.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it ends even if it is used.</summary>
    public DateTimeOffset EndsAt { get; set; }

    public string? Address { get; set; }

    /// <summary>Browser and system in words (<see cref="Device"/>), never the browser's whole self-description.</summary>
    public string? Device { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? End { get; set; }

    public int Version { get; set; }

    /// <summary>Ends it; the first end stays.</summary>
    public void EndAt(DateTimeOffset now, SessionEnd end)
    {
        if (EndedAt is not null) return;
        (EndedAt, End) = (now, end);
    }
}

internal sealed class SignInSessionMapping : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.ToTable("accounts_sessions");
        builder.Property(s => s.Stamp).HasMaxLength(64);
        builder.Property(s => s.Address).HasMaxLength(60);
        builder.Property(s => s.Device).HasMaxLength(80);
        builder.HasIndex(s => new { s.Account, s.BegunAt });
        builder.HasIndex(s => s.EndedAt);
    }
}
