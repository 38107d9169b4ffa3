using Anlan.Accounts.Organs;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Keys;

/// <summary>With what a program acts for an account: some of its permissions, until a day, from some networks. The key itself is shown once and kept as a keyed hash.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class ApiKey : IVersioned
{
    public const int LongestName = 60;
    public const int LongestNetworks = 400;

    public Guid Id { get; set; }

    /// <summary>For whom it acts.</summary>
    public Guid Account { get; set; }

    /// <summary>What it is for.</summary>
    public required string Name { get; set; }

    /// <summary>Its beginning, by which one knows it again.</summary>
    public required string Start { get; set; }

    public required string Hash { get; set; }

    public IReadOnlyList<string> Permissions { get; set; } = [];

    /// <summary>Networks from which it is taken, such as <c>10.2.0.0/16</c>; none means all.</summary>
    public IReadOnlyList<string> Networks { get; set; } = [];

    public Guid MadeBy { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    public DateOnly LastDay { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokeReason { get; set; }

    public int Version { get; set; }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("accounts_keys");
        builder.Property(k => k.Name).HasMaxLength(ApiKey.LongestName);
        builder.Property(k => k.Start).HasMaxLength(20);
        builder.Property(k => k.Hash).HasMaxLength(64);
        builder.Property(k => k.Permissions).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.Property(k => k.Networks).HasConversion(CodeList.Converter, CodeList.Comparer).HasMaxLength(ApiKey.LongestNetworks);
        builder.Property(k => k.RevokeReason).HasMaxLength(Reason.Longest);
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.HasIndex(k => k.Account);
    }
}
