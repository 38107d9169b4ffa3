using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Resets;

/// <summary>What became of a reset.</summary>
internal enum ResetState
{
    /// <summary>Waits for a second person.</summary>
    Waiting,
    /// <summary>A second person agreed: the account's password, factors and sessions ended, a code was printed.</summary>
    Confirmed,
    /// <summary>A second person refused it.</summary>
    Rejected,
    /// <summary>Whoever asked took it back.</summary>
    Withdrawn,
    /// <summary>Nobody agreed within a day.</summary>
    Expired,
}

/// <summary>Gives an account back to its owner who lost password or factors: one person asks with a reason, a second one agrees. Nobody alone can take an account over.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Reset : IVersioned
{
    /// <summary>How long the second person, and then the printed code, has time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public Guid Id { get; set; }

    public Guid Account { get; set; }

    public required string Reason { get; set; }

    public Guid AskedBy { get; set; }

    public DateTimeOffset AskedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Guid? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>As it was decided; whether it expired depends on the moment (<see cref="StateAt"/>).</summary>
    public ResetState State { get; set; }

    /// <summary>The printed code's invitation.</summary>
    public Guid? Invitation { get; set; }

    /// <summary>When the owner set a new password with the code.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When the owner read that it happened.</summary>
    public DateTimeOffset? OwnerSawAt { get; set; }

    public int Version { get; set; }

    public ResetState StateAt(DateTimeOffset now) => State == ResetState.Waiting && now >= ExpiresAt ? ResetState.Expired : State;

    /// <summary>Decides it.</summary>
    public void Decide(ResetState state, Guid by, DateTimeOffset now) => (State, DecidedBy, DecidedAt) = (state, by, now);
}

internal sealed class ResetMapping : IEntityTypeConfiguration<Reset>
{
    public void Configure(EntityTypeBuilder<Reset> builder)
    {
        builder.ToTable("accounts_resets");
        builder.Property(r => r.Reason).HasMaxLength(ResetRules.LongestReason);
        builder.HasIndex(r => new { r.Account, r.AskedAt });
        builder.HasIndex(r => r.AskedAt);
        builder.HasIndex(r => r.Invitation);
    }
}
